# SPDX-License-Identifier: MIT
# tries: fills the disk
# layer: disk
# source: tmpfs(5), size
# expect: ok
# hits: disk
# limits: disk=4M
# breach: BREACH
for f in /box/f /tmp/f /dev/shm/f; do head -c 8M /dev/zero >$f 2>/dev/null && echo "BREACH: 8 MiB in $f"; done
echo held
