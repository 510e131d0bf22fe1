# SPDX-License-Identifier: MIT
# tries: writes into the memory of the process in front of it
# layer: proc init-user uid
# source: proc(5), /proc/PID/mem; CVE-2012-0056
# expect: ok
# breach: BREACH
try:
    open("/proc/1/mem", "r+b")
    print("BREACH: it opened")
except OSError:
    print("held")
