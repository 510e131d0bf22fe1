# SPDX-License-Identifier: MIT
# tries: looks for the terminal and the session of whoever called exrun
# layer: session
# source: setsid(2), tty(4)
# expect: ok
# breach: BREACH
import os

fields = open("/proc/self/stat").read().rpartition(")")[2].split()
print("held" if fields[4] == "0" and os.getsid(0) == os.getpid() == os.getpgrp() else f"BREACH: {fields[:6]}")
try:
    os.open("/dev/tty", os.O_RDWR)
    print("BREACH: a terminal")
except OSError:
    pass
