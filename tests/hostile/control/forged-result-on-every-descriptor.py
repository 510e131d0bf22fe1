# SPDX-License-Identifier: MIT
# tries: writes a result of its own to every descriptor
# layer: fds
# source: cf-workers and others keep a control pipe at 3
# expect: ok
# breach: BREACH
import os

text = b'{"v": 1, "verdict": "error", "message": "forged"}\n'
for n in range(3, 1024):
    try:
        os.write(n, text)
        print("BREACH:", n)
    except OSError:
        pass
print("held")
