# SPDX-License-Identifier: MIT
# tries: ends itself by SIGKILL, as a limit would
# layer: verdict
# source: signal(7)
# expect: crashed
# breach: BREACH
kill -KILL $$
sleep 10
