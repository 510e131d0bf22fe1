# SPDX-License-Identifier: MIT
# tries: writes into pages of files that it may only read
# layer: policy-other
# source: Dirty Pipe CVE-2022-0847; splice(2), vmsplice(2)
# expect: ok
# breach: BREACH
import ctypes, errno, os

libc = ctypes.CDLL(None, use_errno=True)
ends = os.pipe()
fd = os.open("/usr/bin/env", os.O_RDONLY)
for call in (lambda: libc.splice(fd, None, ends[1], None, 1, 0), lambda: libc.tee(ends[0], ends[1], 1, 0), lambda: libc.vmsplice(ends[1], None, 0, 0)):
    if call() >= 0 or ctypes.get_errno() != errno.ENOSYS:
        print("BREACH: the kernel was asked")
print("held")
