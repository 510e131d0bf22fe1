# SPDX-License-Identifier: MIT
# tries: is as urgent as whoever called exrun, runs with their personality, or enters itself into the host's audit log
# layer: scheduling names
# source: sched(7), personality(2), ioprio_set(2); /proc/self/loginuid, kernel/auditsc.c
# expect: ok
# breach: BREACH
import os

if os.getpriority(os.PRIO_PROCESS, 0) < 0:
    print("BREACH: nice", os.getpriority(os.PRIO_PROCESS, 0))
if os.sched_getscheduler(0) != os.SCHED_OTHER:
    print("BREACH: scheduling class", os.sched_getscheduler(0))
if int(open("/proc/self/personality").read(), 16) != 0:
    print("BREACH: a personality")
try:
    os.write(os.open("/proc/self/loginuid", os.O_WRONLY), b"0")
    print("BREACH: a login of its own")
except OSError:
    pass
print("held")
