# SPDX-License-Identifier: MIT
# tries: makes a socket of the kind key
# layer: policy-sockets
# source: AF_KEY; CVE-2022-47929's kin
# expect: ok
# breach: BREACH
import socket

try:
    s = socket.socket(15, socket.SOCK_RAW, 2)
    print("BREACH: a socket")
except OSError as error:
    print("held" if error.errno == 13 else f"BREACH: the kernel was asked: {error}")
