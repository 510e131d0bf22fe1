# SPDX-License-Identifier: MIT
# tries: reads others' command lines
# layer: proc pid-namespace
# source: proc(5), /proc/PID/cmdline
# expect: ok
# breach: BREACH
for f in /proc/[0-9]*/cmdline; do tr '\0' ' ' <"$f" 2>/dev/null | grep -a 'exrun audit' && echo "BREACH: $f"; done
echo held
