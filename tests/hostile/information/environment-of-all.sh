# SPDX-License-Identifier: MIT
# tries: reads the environment of every process that it sees
# layer: proc pid-namespace
# source: proc(5), /proc/PID/environ
# expect: ok
# breach: EXRUN_
cat /proc/[0-9]*/environ /proc/[0-9]*/task/*/environ 2>/dev/null | tr '\0' '\n' | grep -a EXRUN
echo held
