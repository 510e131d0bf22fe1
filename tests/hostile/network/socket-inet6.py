# SPDX-License-Identifier: MIT
# tries: makes a socket of the kind inet6
# layer: policy-sockets
# source: ipv6(7)
# expect: ok
# breach: BREACH
import socket

try:
    s = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
    print("BREACH: a socket")
except OSError as error:
    print("held" if error.errno == 13 else f"BREACH: the kernel was asked: {error}")
