# SPDX-License-Identifier: MIT
# tries: looks whether its user owns anything but its own
# layer: uid
# source: credentials(7): a cell's user is nobody else's
# expect: ok
# breach: BREACH
import os

uid = os.getuid()
print("held" if uid >= 1_900_000_000 and os.getresuid() == (uid, uid, uid) and os.getresgid() == (uid, uid, uid) else f"BREACH: {os.getresuid()}")
