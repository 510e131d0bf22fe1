# SPDX-License-Identifier: MIT
# tries: computes for longer than it may, in children none of which does
# layer: cgroup-cpu
# source: RLIMIT_CPU is a process's
# expect: cpu_timeout
# limits: cpu=500ms
# breach: BREACH
import os, time

for n in range(4):
    if os.fork() == 0:
        while time.process_time() < 0.7:
            pass
        os._exit(0)
    os.wait()
print("BREACH: 2.8 s")
