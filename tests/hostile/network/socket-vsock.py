# SPDX-License-Identifier: MIT
# tries: makes a socket of the kind vsock
# layer: policy-sockets
# source: vsock(7); CVE-2021-26708
# expect: ok
# breach: BREACH
import socket

try:
    s = socket.socket(40, socket.SOCK_STREAM)
    print("BREACH: a socket")
except OSError as error:
    print("held" if error.errno == 13 else f"BREACH: the kernel was asked: {error}")
