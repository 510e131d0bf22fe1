# SPDX-License-Identifier: MIT
# tries: looks for a mount on which setuid files have their way
# layer: nosuid
# source: mount(8), nosuid
# expect: ok
# breach: BREACH
for line in open("/proc/self/mountinfo"):
    fields = line.split()
    if "nosuid" not in fields[5].split(","):
        print("BREACH:", fields[4])
print("held")
