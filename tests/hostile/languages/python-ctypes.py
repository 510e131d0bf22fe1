# SPDX-License-Identifier: MIT
# tries: calls the kernel by ctypes
# layer: policy-trace
# source: ctypes
# expect: denied ptrace
# breach: BREACH
import ctypes

ctypes.CDLL(None).ptrace(0, 0, None, None)
print("BREACH: the kernel was asked")
