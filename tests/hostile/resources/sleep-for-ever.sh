# SPDX-License-Identifier: MIT
# tries: sleeps and takes no notice
# layer: wall
# source: sleep(1)
# expect: timeout
# limits: wall=500ms
# breach: BREACH
trap '' TERM INT HUP QUIT
sleep 12
echo "BREACH: it woke up"
