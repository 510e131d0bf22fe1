# SPDX-License-Identifier: MIT
# tries: looks for the processes of a cell that runs at the same time
# layer: pid-namespace proc
# source: pid_namespaces(7)
# expect: ok
# copies: 2
# breach: BREACH
import os, sys, time

end = time.monotonic() + 1
while time.monotonic() < end:
    pids = [name for name in os.listdir("/proc") if name.isdigit()]
    if pids != [str(os.getpid())]:
        print("BREACH:", pids)
        break
    time.sleep(0.02)
print("held")
