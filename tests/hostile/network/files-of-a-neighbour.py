# SPDX-License-Identifier: MIT
# tries: looks for the files of a cell that runs at the same time
# layer: root
# source: tmpfs(5)
# expect: ok
# copies: 2
# breach: BREACH
import os, sys, time

own, other = sys.argv[1], str(1 - int(sys.argv[1]))
for place in "/tmp", "/dev/shm", "/box":
    open(f"{place}/neighbour-{own}", "w").close()
end = time.monotonic() + 1
while time.monotonic() < end:
    for place in "/tmp", "/dev/shm", "/box":
        if os.path.exists(f"{place}/neighbour-{other}"):
            print("BREACH:", place)
            end = 0
    time.sleep(0.02)
print("held")
