# SPDX-License-Identifier: MIT
# tries: calls the kernel by number
# layer: policy-trace
# source: perlfunc(1), syscall
# expect: denied ptrace
# breach: BREACH
syscall(101, 0, 0, 0, 0);
print "BREACH: the kernel was asked\n";
