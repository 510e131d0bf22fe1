# SPDX-License-Identifier: MIT
# tries: connects by the shell's own device files
# layer: network policy-sockets
# source: bash(1), /dev/tcp
# expect: ok
# breach: BREACH
(: >/dev/tcp/127.0.0.1/@PORT@) 2>/dev/null && echo "BREACH: connected"
(: >/dev/udp/127.0.0.1/@PORT@) 2>/dev/null && echo "BREACH: sent"
echo held
