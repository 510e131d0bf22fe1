# SPDX-License-Identifier: MIT
# tries: leaves many dead children to its init
# layer: init-user
# source: wait(2)
# expect: ok
# limits: cpu=20s
# breach: BREACH
import os

for n in range(80):
    if os.fork() == 0:
        if os.fork() == 0:
            os._exit(0)
        os._exit(0)
    os.wait()
print("held")
