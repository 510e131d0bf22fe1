# SPDX-License-Identifier: MIT
# tries: talks to exrun on the socket on which its interpreter has waited, or is to be told to start
# layer: fds
# source: exrun's own: docs/warm.md
# expect: ok
# breach: BREACH
import ctypes, errno, os

libc = ctypes.CDLL(None, use_errno=True)
message = b"\0" * 64
for n in range(3, 4096):
    if libc.send(n, message, len(message), 0x4000) >= 0 or ctypes.get_errno() != errno.EBADF:
        print("BREACH: a descriptor", n, ctypes.get_errno(), flush=True)
fd = os.open("/dev/null", os.O_RDONLY)
if fd != 3:
    print("BREACH: the next descriptor is", fd)
print("held")
