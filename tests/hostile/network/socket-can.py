# SPDX-License-Identifier: MIT
# tries: makes a socket of the kind can
# layer: policy-sockets
# source: AF_CAN; CVE-2021-23134's kin
# expect: ok
# breach: BREACH
import socket

try:
    s = socket.socket(29, socket.SOCK_RAW, 1)
    print("BREACH: a socket")
except OSError as error:
    print("held" if error.errno == 13 else f"BREACH: the kernel was asked: {error}")
