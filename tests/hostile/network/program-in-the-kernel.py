# SPDX-License-Identifier: MIT
# tries: gives the kernel a program to run on its socket
# layer: policy-other
# source: socket(7), SO_ATTACH_FILTER, SO_ATTACH_BPF
# expect: ok
# breach: BREACH
import ctypes, errno, socket, struct

s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
for option in 26, 50, 51, 52:
    try:
        s.setsockopt(socket.SOL_SOCKET, option, struct.pack("HxxxxxxP", 1, 0))
        print("BREACH:", option)
    except OSError as error:
        if error.errno != errno.ENOSYS:
            print("BREACH: the kernel was asked:", option)
print("held")
