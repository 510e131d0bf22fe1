# SPDX-License-Identifier: MIT
# tries: writes to the socket by which its init reports
# layer: fds proc init-user
# source: /proc/PID/fd
# expect: ok
# breach: BREACH
import os

for pid in 1, os.getppid():
    for n in range(64):
        try:
            os.open(f"/proc/{pid}/fd/{n}", os.O_WRONLY)
            print("BREACH:", pid, n)
        except OSError:
            pass
print("held")
