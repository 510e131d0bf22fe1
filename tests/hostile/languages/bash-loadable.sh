# SPDX-License-Identifier: MIT
# tries: loads machine code of its own as a builtin
# layer: noexec
# source: bash(1), enable -f
# expect: ok
# breach: BREACH
cp /usr/lib/*-linux-gnu/libm.so.6 /tmp/own.so
enable -f /tmp/own.so x 2>&1 | grep -qE 'failed to map|cannot open shared object' && echo held || echo "BREACH: $(enable -f /tmp/own.so x 2>&1)"
