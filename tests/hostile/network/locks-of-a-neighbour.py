# SPDX-License-Identifier: MIT
# tries: talks to a cell that runs at the same time by locks on a file that both see
# layer: root
# source: flock(2), fcntl(2): a covert channel, and a way to stall others
# expect: ok
# breach: BREACH
import fcntl, sys, time

# A shared lock needs no right to write. Both may hold one; an exclusive one on a file of the host would stall others.
try:
    fcntl.lockf(open("/usr/bin/env", "rb"), fcntl.LOCK_EX | fcntl.LOCK_NB)
    print("BREACH: an exclusive lock on a file of the host")
except OSError:
    pass
print("held")
