# SPDX-License-Identifier: MIT
# tries: climbs out of its root by a directory that it holds open
# layer: old-root root
# source: chroot(2): "a superuser can escape from a chroot jail"; pivot_root(2)
# expect: ok
# breach: BREACH
import os

fd = os.open("/", os.O_RDONLY)
for n in range(64):
    os.chdir("..")
os.fchdir(fd)
for n in range(64):
    fd = os.open("..", os.O_RDONLY, dir_fd=fd)
here = os.stat(fd)
there = os.stat("/")
print("held" if (here.st_dev, here.st_ino) == (there.st_dev, there.st_ino) else "BREACH: another root")
