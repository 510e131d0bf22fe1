# SPDX-License-Identifier: MIT
# tries: fills memory by a file in /dev/shm
# layer: cgroup-memory
# source: shm_open(3)
# expect: out_of_memory
# limits: memory=32M disk=128M
# breach: BREACH
import mmap, os

fd = os.open("/dev/shm/f", os.O_RDWR | os.O_CREAT)
os.ftruncate(fd, 90 << 20)
memory = mmap.mmap(fd, 90 << 20)
for at in range(0, 90 << 20, 4096):
    memory[at] = 1
print("BREACH: 90 MiB")
