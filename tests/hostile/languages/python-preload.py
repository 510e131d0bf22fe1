# SPDX-License-Identifier: MIT
# tries: has another program load its library
# layer: noexec
# source: ld.so(8), LD_PRELOAD, LD_LIBRARY_PATH
# expect: ok
# breach: BREACH
import glob, os, shutil, subprocess

libc = glob.glob("/usr/lib/*-linux-gnu/libm.so.6")[0]
shutil.copy(libc, "/tmp/own.so")
said = subprocess.run(["/bin/cat", "/proc/self/maps"], env={"LD_PRELOAD": "/tmp/own.so"}, capture_output=True, text=True).stdout
print("BREACH: it was loaded" if any("r-xp" in line and "own.so" in line for line in said.splitlines()) else "held")
