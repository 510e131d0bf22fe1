# SPDX-License-Identifier: MIT
# tries: writes where the next interpreter looks for code
# layer: read-only
# source: site, usercustomize
# expect: ok
# breach: BREACH
import os, site, sys

for place in [*sys.path, site.getusersitepackages(), sys.prefix, os.path.expanduser("~")]:
    if place.startswith("/usr") and os.access(place, os.W_OK):
        print("BREACH:", place)
print("held")
