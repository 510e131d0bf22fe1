# SPDX-License-Identifier: MIT
# tries: hides its work in children whose parents are gone and whose session is another
# layer: cgroup-cpu
# source: setsid(2); isolate's manual on CPU time
# expect: cpu_timeout
# limits: cpu=300ms
# breach: BREACH
(setsid sh -c 'while :; do :; done' &)
(setsid sh -c 'while :; do :; done' &)
sleep 60
