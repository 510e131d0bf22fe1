# SPDX-License-Identifier: MIT
# tries: makes a socket of the kind bluetooth
# layer: policy-sockets
# source: BlueZ; CVE-2020-12351
# expect: ok
# breach: BREACH
import socket

try:
    s = socket.socket(31, socket.SOCK_RAW, 1)
    print("BREACH: a socket")
except OSError as error:
    print("held" if error.errno == 13 else f"BREACH: the kernel was asked: {error}")
