# SPDX-License-Identifier: MIT
# tries: makes a terminal of its own
# layer: root
# source: pty(7), openpty
# expect: ok
# breach: BREACH
import os

try:
    os.openpty()
    print("BREACH: a terminal")
except OSError:
    print("held")
