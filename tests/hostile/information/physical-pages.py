# SPDX-License-Identifier: MIT
# tries: looks where its pages lie in memory
# layer: capabilities
# source: proc(5), pagemap; Rowhammer, 2015
# expect: ok
# breach: BREACH
import mmap, struct

memory = mmap.mmap(-1, 4096)
memory[0] = 1
try:
    with open("/proc/self/pagemap", "rb", 0) as file:
        frames = [struct.unpack("Q", file.read(8))[0] & (1 << 55) - 1 for _ in range(64)]
    print("BREACH: frames" if any(frames) else "held")
except OSError:
    print("held")
