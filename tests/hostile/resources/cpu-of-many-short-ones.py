# SPDX-License-Identifier: MIT
# tries: splits its work over children that end before anybody looks
# layer: cgroup-cpu
# source: getrusage(2); RLIMIT_CPU is a process's
# expect: cpu_timeout
# limits: cpu=500ms
# breach: BREACH
import os, time

for n in range(400):
    if os.fork() == 0:
        while time.process_time() < 0.02:
            pass
        os._exit(0)
    os.wait()
print("BREACH: 8 s of CPU time")
