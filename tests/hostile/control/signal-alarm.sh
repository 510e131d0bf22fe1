# SPDX-License-Identifier: MIT
# tries: ends itself by SIGALRM, as a limit would
# layer: verdict
# source: signal(7)
# expect: crashed
# breach: BREACH
kill -ALRM $$
sleep 10
