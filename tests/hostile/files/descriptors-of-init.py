# SPDX-License-Identifier: MIT
# tries: opens what the process in front of it has open
# layer: proc init-user
# source: proc(5), /proc/PID/fd; runc CVE-2024-21626
# expect: ok
# breach: BREACH
import os

found = []
for n in range(256):
    try:
        found.append(os.readlink(f"/proc/1/fd/{n}"))
    except OSError:
        pass
try:
    found += os.listdir("/proc/1/fd")
except OSError:
    pass
print(f"BREACH: {found}" if found else "held")
