# SPDX-License-Identifier: MIT
# tries: looks for processes of an earlier run, and leaves some for the next
# layer: pid-namespace reclaim
# source: setsid(2)
# expect: ok
# runs: 3
# breach: BREACH
import os, signal, time

pids = [name for name in os.listdir("/proc") if name.isdigit()]
print("held" if pids == [str(os.getpid())] else f"BREACH: {pids}", flush=True)
for n in range(4):
    if os.fork() == 0:
        os.setsid()
        for number in range(1, 65):
            try:
                signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError):
                pass
        time.sleep(60)
