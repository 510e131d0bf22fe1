# SPDX-License-Identifier: MIT
# tries: executes a program that it wrote
# layer: noexec landlock
# source: mount(8), noexec
# expect: ok
# breach: BREACH
for d in /box /tmp /dev/shm; do
    cp /bin/true $d/mine && chmod 755 $d/mine && $d/mine 2>/dev/null && echo "BREACH: $d"
done
echo held
