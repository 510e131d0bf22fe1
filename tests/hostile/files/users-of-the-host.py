# SPDX-License-Identifier: MIT
# tries: reads who the host's users are
# layer: root
# source: passwd(5)
# expect: ok
# breach: BREACH
import os

users = [line.split(":")[0] for line in open("/etc/passwd")]
print("held" if users == ["box"] and not os.path.exists("/etc/shadow") else f"BREACH: {users}")
