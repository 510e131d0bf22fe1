# SPDX-License-Identifier: MIT
# tries: has its children killed as the kernel does for memory
# layer: verdict
# source: memory.events against wait status
# expect: ok
# breach: BREACH
import os, time

for n in range(8):
    pid = os.fork()
    if pid == 0:
        time.sleep(60)
    os.kill(pid, 9)
    os.waitpid(pid, 0)
print("held")
