# SPDX-License-Identifier: MIT
# tries: becomes itself anew for ever, so that no process is ever old
# layer: cgroup-cpu
# source: execve(2)
# expect: cpu_timeout
# limits: cpu=300ms
# breach: BREACH
exec bash "$0"
