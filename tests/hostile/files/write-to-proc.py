# SPDX-License-Identifier: MIT
# tries: changes a file of /proc that is the cell's, by other names as well, or puts something in its place
# layer: proc-files
# source: proc(5); mount(2), MS_RDONLY; a mount point can't be removed or renamed (rename(2), EBUSY)
# expect: ok
# breach: BREACH
import os

reader = os.open("/proc/stat" if os.path.exists("/proc/stat") else "/proc/self/stat", os.O_RDONLY)
paths = ["/proc/" + name for name in ("cpuinfo", "stat", "meminfo", "uptime", "loadavg", "version", "sysrq-trigger", "sys/kernel/core_pattern")]
paths += ["/proc/self/root/proc/meminfo", "/proc/self/cwd/../proc/stat", f"/proc/self/fd/{reader}"]
tries = {
    "opened to write": lambda path: os.open(path, os.O_WRONLY),
    "emptied": lambda path: os.open(path, os.O_RDWR | os.O_TRUNC),
    "truncated": lambda path: os.truncate(path, 0),
    "made writable": lambda path: os.chmod(path, 0o666),
    "given away": lambda path: os.chown(path, os.getuid(), -1),
    "removed": os.unlink,
    "renamed": lambda path: os.rename(path, path + "x"),
    "replaced": lambda path: os.rename("/box/mine", path),
    "linked": lambda path: os.link(path, "/box/link"),
}
open("/box/mine", "w").close()
for path in paths:
    for what, attempt in tries.items():
        try:
            attempt(path)
            print(f"BREACH: {path} was {what}")
        except OSError:
            pass
for name in "x", "sys", "cmdline":
    try:
        os.mkdir("/proc/" + name)
        print("BREACH: made /proc/" + name)
    except OSError:
        pass
print("held")
