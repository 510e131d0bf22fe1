# SPDX-License-Identifier: MIT
# tries: puts a filter of its own in front, whose listener answers for the kernel
# layer: policy-other
# source: seccomp_unotify(2)
# expect: ok
# breach: BREACH
import ctypes, errno, os

NUMBERS = {"x86_64": 317, "aarch64": 277}
libc = ctypes.CDLL(None, use_errno=True)
r = libc.syscall(NUMBERS[os.uname().machine], 1, 8, (ctypes.c_uint64 * 2)())
print("held" if r < 0 and ctypes.get_errno() == errno.ENOSYS else "BREACH: the kernel was asked")
