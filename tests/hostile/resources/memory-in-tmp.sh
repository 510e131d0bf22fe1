# SPDX-License-Identifier: MIT
# tries: fills memory by a file in /tmp
# layer: cgroup-memory
# source: tmpfs(5): its pages are memory
# expect: out_of_memory
# limits: memory=32M disk=128M
# breach: BREACH
head -c 90M /dev/zero >/tmp/f && echo "BREACH: 90 MiB"
sleep 1
