# SPDX-License-Identifier: MIT
# tries: splits its memory over children, each far below the limit
# layer: cgroup-memory
# source: fork(2); isolate's manual on control groups
# expect: out_of_memory
# limits: memory=64M processes=32 wall=20s
# breach: BREACH
import os, time

done, tell = os.pipe()
for n in range(20):
    if os.fork() == 0:
        held = b"x" * (8 << 20)
        os.write(tell, b"x")
        time.sleep(60)
os.close(tell)
for n in range(20):
    assert os.read(done, 1)
print("BREACH: 160 MiB")
