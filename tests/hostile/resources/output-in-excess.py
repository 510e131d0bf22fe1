# SPDX-License-Identifier: MIT
# tries: writes more than it may, and ends
# layer: output
# source: a limit that is looked at too late
# expect: output_limit
# limits: output=64K
# breach: BREACH
import os

os.write(1, b"x" * 65536)
os.write(1, b"\nBREACH: it was kept\n")
