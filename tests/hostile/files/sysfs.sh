# SPDX-License-Identifier: MIT
# tries: looks for the kernel's own file systems
# layer: root
# source: sysfs(5), cgroups(7), debugfs
# expect: ok
# breach: BREACH
for d in /sys /sys/kernel /sys/fs/cgroup /sys/fs/bpf /sys/kernel/debug /sys/kernel/security /sys/firmware; do [ -e $d ] && echo "BREACH: $d"; done
echo held
