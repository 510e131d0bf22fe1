# SPDX-License-Identifier: MIT
# tries: reads a file of the host through symbolic links of its own
# layer: root
# source: symlink(7); go-judge#176
# expect: ok
# breach: BREACH
import os

for n, target in enumerate(["@DIR@/secret", "../../../../..@DIR@/secret", "/proc/self/root/../..@DIR@/secret", "/proc/1/root@DIR@/secret"]):
    os.symlink(target, f"/tmp/l{n}")
    try:
        print("BREACH:", open(f"/tmp/l{n}").read())
    except OSError:
        pass
print("held")
