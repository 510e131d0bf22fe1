# SPDX-License-Identifier: MIT
# tries: gives files to root
# layer: capabilities uid
# source: chown(2), CAP_CHOWN
# expect: ok
# breach: BREACH
import os

open("/tmp/f", "w").close()
for user, group in (0, -1), (-1, 0), (0, 0):
    try:
        os.chown("/tmp/f", user, group)
        print("BREACH:", user, group)
    except OSError:
        pass
print("held")
