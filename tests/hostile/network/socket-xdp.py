# SPDX-License-Identifier: MIT
# tries: makes a socket of the kind xdp
# layer: policy-sockets
# source: AF_XDP
# expect: ok
# breach: BREACH
import socket

try:
    s = socket.socket(44, socket.SOCK_RAW)
    print("BREACH: a socket")
except OSError as error:
    print("held" if error.errno == 13 else f"BREACH: the kernel was asked: {error}")
