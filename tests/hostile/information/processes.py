# SPDX-License-Identifier: MIT
# tries: lists processes
# layer: pid-namespace proc
# source: proc(5), hidepid
# expect: ok
# breach: BREACH
import os

pids = [name for name in os.listdir("/proc") if name.isdigit()]
print("held" if os.getpid() != 1 and pids == [str(os.getpid())] else f"BREACH: {pids}")
