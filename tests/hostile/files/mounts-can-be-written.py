# SPDX-License-Identifier: MIT
# tries: looks for a mount that is neither read-only nor its own
# layer: read-only root-read-only
# source: proc(5), mountinfo
# expect: ok
# breach: BREACH
own = {"/box", "/tmp", "/dev/shm", "/proc"}
for line in open("/proc/self/mountinfo"):
    fields = line.split()
    if fields[4] not in own and "ro" not in fields[5].split(","):
        print("BREACH:", fields[4])
print("held")
