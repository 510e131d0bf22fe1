# SPDX-License-Identifier: MIT
# tries: makes a file that claims a terabyte
# layer: rlimit-fsize
# source: truncate(2), RLIMIT_FSIZE
# expect: ok
# breach: BREACH
truncate -s 1T /tmp/f 2>/dev/null
[ "$(stat -c %s /tmp/f)" -lt 1000000000 ] && echo held || echo "BREACH: a terabyte"
