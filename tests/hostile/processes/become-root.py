# SPDX-License-Identifier: MIT
# tries: becomes root, and any other user
# layer: uid
# source: setresuid(2)
# expect: ok
# breach: BREACH
import errno
import os

for change in (lambda: os.setuid(0), lambda: os.setreuid(0, 0), lambda: os.setresuid(0, 0, 0), lambda: os.setgid(0), lambda: os.setgroups([0]), lambda: os.seteuid(1000), lambda: os.setegid(1000)):
    try:
        change()
        print("BREACH:", os.getresuid(), os.getresgid(), os.getgroups())
    except OSError as error:
        # In a user namespace there is no such id: EINVAL, user_namespaces(7).
        if error.errno not in (errno.EPERM, errno.EINVAL):
            raise
print("held" if 0 not in (*os.getresuid(), *os.getresgid()) else "BREACH: it is root")
