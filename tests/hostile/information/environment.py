# SPDX-License-Identifier: MIT
# tries: reads the environment of whoever called exrun
# layer: environment
# source: environ(7); piston 1d55a41
# expect: ok
# breach: BREACH: {'
import os

known = {"PATH", "HOME", "TMPDIR", "LANG", "TZ", "USER", "LC_CTYPE", "PWD", "SHLVL", "_"}
print(sorted(os.environ.items()), open("/proc/self/environ").read())
print("held" if not set(os.environ) - known else f"BREACH: {set(os.environ) - known}")
