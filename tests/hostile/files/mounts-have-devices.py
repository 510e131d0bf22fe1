# SPDX-License-Identifier: MIT
# tries: looks for a mount on which device nodes open
# layer: nodev
# source: mount(8), nodev
# expect: ok
# breach: BREACH
for line in open("/proc/self/mountinfo"):
    fields = line.split()
    # The root of the cell holds the five harmless ones.
    if "nodev" not in fields[5].split(",") and fields[4] != "/":
        print("BREACH:", fields[4])
print("held")
