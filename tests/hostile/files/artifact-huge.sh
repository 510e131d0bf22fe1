# SPDX-License-Identifier: MIT
# tries: leaves a file of holes that is larger than memory
# layer: artifact-size rlimit-fsize
# source: truncate(2)
# expect: ok
# says: larger than what may be sent
# limits: disk=4M
# artifacts: [a-h]
# breach: BREACH
for f in a b c d e f g h; do truncate -s 4000000 $f; done
