# SPDX-License-Identifier: MIT
# tries: closes its streams and goes on
# layer: wall
# source: end of file taken for the end of the run
# expect: timeout
# limits: wall=500ms
# breach: BREACH
import os, time

for n in 0, 1, 2:
    os.close(n)
time.sleep(60)
