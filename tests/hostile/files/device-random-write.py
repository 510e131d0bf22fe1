# SPDX-License-Identifier: MIT
# tries: changes what its harmless devices are
# layer: root-read-only
# source: null(4); chmod(2)
# expect: ok
# breach: BREACH
import os

for name in "null", "zero", "full", "random", "urandom":
    for change in (lambda path: os.chmod(path, 0o600), os.unlink, lambda path: os.rename(path, path + "x")):
        try:
            change("/dev/" + name)
            print("BREACH:", name)
        except OSError:
            pass
    st = os.stat("/dev/" + name)
    assert (os.major(st.st_rdev), st.st_mode & 0o777) == (1, 0o666)
print("held")
