# SPDX-License-Identifier: MIT
# tries: ends the process in front of it
# layer: init-user
# source: pid_namespaces(7): its end is the end of all
# expect: ok
# breach: BREACH
import os, signal

for number in signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM, signal.SIGSEGV, 0:
    try:
        os.kill(1, number)
        print("BREACH:", number)
    except PermissionError:
        pass
print("held")
