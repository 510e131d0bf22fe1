# SPDX-License-Identifier: MIT
# tries: reads the machine's own figures in the files of /proc that its profile asks for
# layer: proc-files
# source: proc(5); each of these files must be the cell's, which is on the file system of the root
# expect: ok
# breach: BREACH
import os

root, found = os.stat("/").st_dev, {}
for name in "cpuinfo", "stat", "meminfo", "uptime", "loadavg", "version":
    try:
        with open("/proc/" + name) as file:
            found[name] = file.read()
            if os.fstat(file.fileno()).st_dev != root:
                print("BREACH: the kernel's /proc/" + name)
    except FileNotFoundError:  # a machine that lets a user mount only the processes
        pass
total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") >> 10
if f" {total} kB" in found.get("meminfo", ""):
    print("BREACH: the machine's memory")
if found.get("loadavg", "0.00 0.00 0.00 ")[:15] != "0.00 0.00 0.00 ":
    print("BREACH: the machine's load")
known = os.uname()
if found.get("version", "").strip() not in ("", f"Linux version {known.release} {known.version}"):
    print("BREACH: more of the machine's kernel than uname(2)")
print("held")
