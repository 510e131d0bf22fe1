# SPDX-License-Identifier: MIT
# tries: looks for a place of its own from which programs can be executed
# layer: noexec
# source: mount(8), noexec
# expect: ok
# breach: BREACH
for line in open("/proc/self/mountinfo"):
    fields = line.split()
    if fields[4] in ("/box", "/tmp", "/dev/shm") and "noexec" not in fields[5].split(","):
        print("BREACH:", fields[4])
print("held")
