# SPDX-License-Identifier: MIT
# tries: takes the credentials and the memory of the process in front of it by its files in /proc
# layer: proc init-user
# source: proc(5): who is not dumpable is root's
# expect: ok
# breach: BREACH
import os

for name in "/proc/1", "/proc/1/status", "/proc/1/fd", "/proc/1/maps", "/proc/1/mem":
    try:
        os.stat(name)
        print("BREACH: it is seen:", name)
    except OSError:
        pass
print("held")
