# SPDX-License-Identifier: MIT
# tries: stops all its processes, so that none can be waited for
# layer: wall
# source: signal(7), SIGSTOP
# expect: timeout
# limits: wall=500ms
# breach: BREACH
sleep 60 &
kill -STOP -1 $$
