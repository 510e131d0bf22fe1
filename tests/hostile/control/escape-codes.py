# SPDX-License-Identifier: MIT
# tries: writes escape codes, which a terminal or log would obey
# layer: verdict
# source: console_codes(4); CWE-150
# expect: ok
# breach: BREACH
import sys

sys.stdout.write("held\x1b[2J\x1b]0;hostile\x07\x1bP+q\x1b\\\x9b31m\x08\x7f\r\n")
