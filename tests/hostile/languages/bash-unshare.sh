# SPDX-License-Identifier: MIT
# tries: makes a namespace by the command for it
# layer: policy-namespaces
# source: unshare(1)
# expect: denied unshare
# breach: BREACH
unshare -Ur true
echo "BREACH: the kernel was asked"
