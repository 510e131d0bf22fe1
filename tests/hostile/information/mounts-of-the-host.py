# SPDX-License-Identifier: MIT
# tries: reads the host's mounts
# layer: root
# source: proc(5), mountinfo
# expect: ok
# breach: BREACH
points = {line.split()[4] for line in open("/proc/self/mountinfo")}
text = open("/proc/self/mounts").read() + open("/proc/self/mountinfo").read() + open("/proc/self/mountstats").read()
odd = [point for point in points if point.startswith(("/home", "/root", "/var", "/run", "/sys", "/srv", "/work"))]
print(f"BREACH: {odd}" if odd or "@DIR@" in text else "held")
