# SPDX-License-Identifier: MIT
# tries: asks who its parent is
# layer: pid-namespace
# source: getppid(2)
# expect: ok
# breach: BREACH
import os

print("held" if os.getppid() in (0, 1) and os.getpid() < 1000 else f"BREACH: {os.getppid()} {os.getpid()}")
