# SPDX-License-Identifier: MIT
# tries: ends itself by SIGXCPU, as a limit would
# layer: verdict
# source: signal(7)
# expect: crashed
# breach: BREACH
kill -XCPU $$
sleep 10
