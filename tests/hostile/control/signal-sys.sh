# SPDX-License-Identifier: MIT
# tries: ends itself by SIGSYS, as a limit would
# layer: verdict
# source: signal(7)
# expect: crashed
# breach: BREACH
kill -SYS $$
sleep 10
