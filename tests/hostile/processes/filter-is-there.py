# SPDX-License-Identifier: MIT
# tries: looks whether its system calls are filtered
# layer: policy
# source: seccomp(2)
# expect: ok
# breach: BREACH
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print("held" if status["Seccomp"].strip() == "2" else "BREACH: they are not")
