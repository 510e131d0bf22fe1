# SPDX-License-Identifier: MIT
# tries: leaves a device without end as an artifact: a node, a hard link, a link
# layer: artifact-links policy-other
# source: zero(4); mknod(2)
# expect: ok
# says: symbolic link
# artifacts: [a-c]
# breach: BREACH
mknod a c 1 5 2>/dev/null && echo "BREACH: a node"
ln /dev/zero b 2>/dev/null && echo "BREACH: a hard link"
ln -s /dev/zero c
