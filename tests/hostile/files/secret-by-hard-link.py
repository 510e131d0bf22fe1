# SPDX-License-Identifier: MIT
# tries: gives a file of the host a name in its own directory
# layer: root
# source: link(2)
# expect: ok
# breach: BREACH
import os

try:
    os.link("@DIR@/secret", "/tmp/l")
    print("BREACH:", open("/tmp/l").read())
except OSError:
    print("held")
