# SPDX-License-Identifier: MIT
# tries: looks for a thread or a child that is less confined than it is
# layer: no-new-privs policy capabilities bounding-set
# source: seccomp(2), prctl(2): filters and privileges belong to threads
# expect: ok
# breach: BREACH
import glob, subprocess, threading

WANTED = {"NoNewPrivs": "1", "Seccomp": "2", **dict.fromkeys(("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"), "0" * 16)}


def look(text, whose):
    status = {name: value.strip() for name, _, value in (line.partition(":") for line in text.splitlines())}
    for name, value in WANTED.items():
        if status[name] != value:
            print("BREACH:", whose, name, status[name])


waits = threading.Event()
threading.Thread(target=waits.wait).start()
paths = glob.glob("/proc/self/task/*/status")
for path in paths:
    look(open(path).read(), path)
waits.set()
look(subprocess.run(["/bin/cat", "/proc/self/status"], capture_output=True, text=True).stdout, "a child")
if len(paths) == 2:
    print("held")
