# SPDX-License-Identifier: MIT
# tries: looks for capabilities that a program could still give it
# layer: bounding-set
# source: capabilities(7), bounding set
# expect: ok
# breach: BREACH
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print("held" if int(status["CapBnd"], 16) == 0 else "BREACH: " + status["CapBnd"].strip())
