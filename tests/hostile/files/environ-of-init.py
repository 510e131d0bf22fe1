# SPDX-License-Identifier: MIT
# tries: opens the "environ" of the process in front of it, which was the host's
# layer: proc init-user
# source: proc(5), /proc/PID/environ
# expect: ok
# breach: BREACH
try:
    file = open("/proc/1/environ", "rb")
    print("BREACH:", file.read(64))
except OSError as error:
    print("held", error.strerror)
