# SPDX-License-Identifier: MIT
# tries: opens the processes that are not listed
# layer: proc pid-namespace
# source: proc(5), hidepid
# expect: ok
# breach: BREACH
import os

found = [pid for pid in range(1, 5000) if pid != os.getpid() and os.path.exists(f"/proc/{pid}")]
print(f"BREACH: {found}" if found else "held")
