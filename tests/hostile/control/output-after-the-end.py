# SPDX-License-Identifier: MIT
# tries: leaves a child that writes when the run is over
# layer: pid-namespace output
# source: a result that changes after it was read
# expect: ok
# breach: BREACH
import os, time

print("held", flush=True)
if os.fork() == 0:
    os.setsid()
    time.sleep(3)
    os.write(1, b"BREACH: it still writes\n")
