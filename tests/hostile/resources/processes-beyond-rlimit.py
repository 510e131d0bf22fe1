# SPDX-License-Identifier: MIT
# tries: reads what bounds its processes behind the cgroup
# layer: rlimit-nproc
# source: getrlimit(2), RLIMIT_NPROC
# expect: ok
# breach: BREACH
import resource

soft, hard = resource.getrlimit(resource.RLIMIT_NPROC)
print("held" if 0 < hard <= 4096 else f"BREACH: {hard}")
