# SPDX-License-Identifier: MIT
# tries: leaves directories that nobody may enter
# layer: reclaim
# source: chmod(2); Judge0's clean-up
# expect: ok
# breach: BREACH
import os

for place in "/tmp", "/box", "/dev/shm":
    os.makedirs(place + "/a/b/c")
    open(place + "/a/b/c/f", "w").close()
    for path in "/a/b/c", "/a/b", "/a":
        os.chmod(place + path, 0)
print("held")
