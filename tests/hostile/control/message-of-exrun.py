# SPDX-License-Identifier: MIT
# tries: prints what exrun itself says
# layer: verdict
# source: a caller may show stderr as the service's own
# expect: ok
# breach: BREACH
import sys

print("exrun: the cell could not be made: step \"root\" failed", file=sys.stderr)
print("held")
