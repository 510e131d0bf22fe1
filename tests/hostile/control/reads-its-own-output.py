# SPDX-License-Identifier: MIT
# tries: opens its output anew and takes away what it wrote
# layer: output
# source: pipe(7), /proc/self/fd/1
# expect: ok
# breach: BREACH
import os

os.write(1, b"held\n")
try:
    fd = os.open("/proc/self/fd/1", os.O_RDONLY | os.O_NONBLOCK)
except OSError:
    fd = -1
print("held")
