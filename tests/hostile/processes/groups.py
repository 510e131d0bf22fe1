# SPDX-License-Identifier: MIT
# tries: looks for groups that it was left
# layer: groups
# source: setgroups(2)
# expect: ok
# breach: BREACH
import os

print(f"BREACH: {os.getgroups()}" if os.getgroups() else "held")
