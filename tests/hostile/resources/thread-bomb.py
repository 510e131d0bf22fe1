# SPDX-License-Identifier: MIT
# tries: starts threads until it may no more
# layer: cgroup-pids
# source: pthread_create(3)
# expect: ok
# hits: processes
# limits: processes=16
# breach: BREACH
import os, threading, time

n = 0
try:
    for n in range(200):
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    print("BREACH: 200 threads", flush=True)
except RuntimeError:
    print("held" if n < 16 else f"BREACH: {n} threads", flush=True)
os._exit(0)
