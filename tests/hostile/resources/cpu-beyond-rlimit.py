# SPDX-License-Identifier: MIT
# tries: reads what bounds its CPU time behind the cgroup
# layer: rlimit-cpu
# source: getrlimit(2), RLIMIT_CPU
# expect: ok
# breach: BREACH
import resource

soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
print("held" if 0 < hard <= 60 else f"BREACH: {hard}")
