# SPDX-License-Identifier: MIT
# tries: talks to a cell that runs at the same time by locks on a file that both see
# layer: policy-locks
# source: flock(2), fcntl(2): a covert channel, and a way to stall others
# copies: 2
# expect: ok
# breach: BREACH
import errno, fcntl

# A shared lock needs no right to write, and flock(2) needs none for an exclusive one.
for path in "/usr/bin/env", "/usr/bin/perl", "/proc/self/ns/user":
    for call in fcntl.flock, fcntl.lockf:
        for how in fcntl.LOCK_SH, fcntl.LOCK_EX:
            with open(path, "rb") as file:
                try:
                    call(file, how | fcntl.LOCK_NB)
                    print("BREACH: a lock on", path)
                except OSError as error:
                    if error.errno != errno.ENOLCK and not (call == fcntl.lockf and how == fcntl.LOCK_EX):
                        print("BREACH: the kernel was asked", error)
print("held")
