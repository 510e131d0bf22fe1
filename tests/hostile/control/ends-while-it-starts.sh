# SPDX-License-Identifier: MIT
# tries: ends at once, many times
# layer: verdict
# source: races between exec and the first look
# expect: crashed
# runs: 10
# breach: BREACH
echo held
kill -9 $$
