# SPDX-License-Identifier: MIT
# tries: leaves children behind that write without end
# layer: output
# source: fork(2); PrairieLearn#11985
# expect: ok | output_limit
# limits: output=64K
# breach: BREACH
import os

print("held", flush=True)
for n in range(4):
    if os.fork() == 0:
        os.setsid()
        while True:
            os.write(1, b"x" * 4096)
