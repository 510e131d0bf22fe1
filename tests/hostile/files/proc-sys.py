# SPDX-License-Identifier: MIT
# tries: changes a setting of the kernel
# layer: proc
# source: proc(5), /proc/sys; core(5): a core_pattern that begins with | runs as root
# expect: ok
# breach: BREACH
import os

for name in "kernel/core_pattern", "kernel/modprobe", "vm/drop_caches", "kernel/hostname", "kernel/yama/ptrace_scope", "fs/binfmt_misc/register":
    if os.path.exists("/proc/sys/" + name):
        print("BREACH:", name)
print("held")
