# SPDX-License-Identifier: MIT
# tries: looks for the places where exrun keeps its own
# layer: root
# source: /run/exrun
# expect: ok
# breach: BREACH
import os

for path in "/run", "/run/exrun", "/run/exrun/slots", "/etc/exrun", "/var/lib/exrun":
    if os.path.exists(path):
        print("BREACH:", path)
print("held")
