# SPDX-License-Identifier: MIT
# tries: makes a socket of the kind inet-raw
# layer: policy-sockets
# source: raw(7)
# expect: ok
# breach: BREACH
import socket

try:
    s = socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)
    print("BREACH: a socket")
except OSError as error:
    print("held" if error.errno == 13 else f"BREACH: the kernel was asked: {error}")
