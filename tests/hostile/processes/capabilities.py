# SPDX-License-Identifier: MIT
# tries: looks for capabilities in each of its sets
# layer: capabilities
# source: capabilities(7)
# expect: ok
# breach: BREACH
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
for name in "CapInh", "CapPrm", "CapEff", "CapAmb":
    if int(status[name], 16):
        print("BREACH:", name, status[name].strip())
print("held")
