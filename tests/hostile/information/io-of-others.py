# SPDX-License-Identifier: MIT
# tries: counts what other processes read and write
# layer: proc
# source: proc(5), /proc/PID/io
# expect: ok
# breach: BREACH
import os

own = str(os.getpid())
for pid in os.listdir("/proc"):
    if pid.isdigit() and pid != own:
        print("BREACH:", pid)
# stat, loadavg and uptime are the cell's own here: figures-of-the-machine.py.
for name in "diskstats", "vmstat", "interrupts", "softirqs", "schedstat", "pressure", "buddyinfo", "zoneinfo":
    if os.path.exists("/proc/" + name):
        print("BREACH:", name)
print("held")
