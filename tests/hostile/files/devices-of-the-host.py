# SPDX-License-Identifier: MIT
# tries: opens devices of the host
# layer: root
# source: mem(4), tty(4), ptmx(4), fuse(4), loop(4), kvm
# expect: ok
# breach: BREACH
import os

there = set(os.listdir("/dev"))
odd = there - {"fd", "full", "null", "random", "shm", "stderr", "stdin", "stdout", "urandom", "zero"}
for name in "mem", "kmem", "port", "kmsg", "tty", "ptmx", "fuse", "kvm", "sda", "vda", "loop-control", "net/tun", "input", "vsock", "uinput", "userfaultfd":
    if os.path.exists("/dev/" + name):
        odd.add(name)
print(f"BREACH: {odd}" if odd else "held")
