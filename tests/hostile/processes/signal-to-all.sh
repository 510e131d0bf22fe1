# SPDX-License-Identifier: MIT
# tries: ends everything that it may end
# layer: pid-namespace uid
# source: kill(2), -1
# expect: ok
# breach: BREACH
trap '' TERM
kill -TERM -1
echo held
