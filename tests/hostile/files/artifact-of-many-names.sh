# SPDX-License-Identifier: MIT
# tries: leaves one large file under many names
# layer: artifact-size
# source: link(2)
# expect: ok
# says: larger than what may be sent
# limits: disk=4M
# artifacts: [a-g]
# breach: BREACH
head -c 1000000 /dev/zero >a; for n in b c d e f g; do ln a $n; done
