# SPDX-License-Identifier: MIT
# tries: finds or leaves a file that has another program load its library
# layer: root read-only
# source: ld.so(8), /etc/ld.so.preload
# expect: ok
# breach: BREACH
import ctypes, os, subprocess

PLACE = b"/etc/ld.so.preload"
libc = ctypes.CDLL(None, use_errno=True)
if libc.open(PLACE, os.O_RDONLY) >= 0 or libc.access(PLACE, os.F_OK) == 0:
    print("BREACH: it is there")
if libc.open(PLACE, os.O_CREAT | os.O_WRONLY, 0o644) >= 0 or libc.rename(b"/box/main.py", PLACE) == 0 or libc.symlink(b"/box/main.py", PLACE) == 0:
    print("BREACH: it was left")
child = subprocess.run(["/bin/cat", "/proc/self/maps", "/proc/self/environ"], capture_output=True, text=True).stdout
if "park.so" in child or "LD_" in child or any(name.startswith("LD_") for name in os.environ):
    print("BREACH: a child has it")
print("held")
