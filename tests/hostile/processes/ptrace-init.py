# SPDX-License-Identifier: MIT
# tries: traces the process in front of it
# layer: policy-trace
# source: ptrace(2), PTRACE_ATTACH
# expect: denied ptrace
# breach: BREACH
import ctypes

ctypes.CDLL(None).ptrace(16, 1, None, None)
print("BREACH: the kernel was asked")
