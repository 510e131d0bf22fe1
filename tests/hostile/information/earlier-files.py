# SPDX-License-Identifier: MIT
# tries: looks for files of an earlier run, and leaves some for the next
# layer: root reclaim
# source: Judge0, piston: directories that are used again
# expect: ok
# runs: 3
# breach: BREACH
import os

for place in "/tmp", "/dev/shm", "/box", "/", "/dev":
    for name in os.listdir(place):
        if name.startswith("audit-left"):
            print("BREACH:", place, name)
for place in "/tmp", "/dev/shm", "/box":
    open(f"{place}/audit-left", "w").write("left")
    os.mkdir(f"{place}/audit-left-too")
print("held" if sorted(os.listdir("/box")) == ["audit-left", "audit-left-too", "main.py"] else f"BREACH: {os.listdir('/box')}")
