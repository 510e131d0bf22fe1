# SPDX-License-Identifier: MIT
# tries: ends the process in front of it
# layer: init-user
# source: pid_namespaces(7): its end is the end of all
# expect: ok
# breach: BREACH
import os, signal, time

# A user without ids to give away is PID 1's user too: the kernel takes the signal, and drops it. Had it ended or stopped PID 1, this run would not end well.
ids = [line.split() for line in open("/proc/self/uid_map")]
is_the_same = len(ids) == 1 and (ids[0][0], ids[0][2]) == (str(os.getuid()), "1")

for number in signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM, signal.SIGSEGV, 0:
    try:
        os.kill(1, number)
        if not is_the_same:
            print("BREACH:", number)
    except PermissionError:
        pass
time.sleep(0.2)
print("held")
