# SPDX-License-Identifier: MIT
# tries: the classic: a function that pipes itself into itself
# layer: cgroup-pids
# source: bash(1), functions; Judge0's list of attacks
# expect: cpu_timeout | timeout | failed
# says: fork
# hits: processes
# limits: processes=16 cpu=1500ms wall=8s
# breach: BREACH
bomb() { bomb | bomb & }
bomb
sleep 60
