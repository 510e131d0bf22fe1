# SPDX-License-Identifier: MIT
# tries: counts its descriptors in /proc
# layer: fds
# source: proc(5), /proc/PID/fd
# expect: ok
# breach: BREACH
cd /proc/self/fd && for n in *; do [ "$n" -le 2 ] || [ ! -e "$n" ] || [ "$(readlink "$n")" = /box/main.sh ] || echo "BREACH: $n $(readlink "$n")"; done
echo held
