# SPDX-License-Identifier: MIT
# tries: makes a socket of the kind packet
# layer: policy-sockets
# source: packet(7); CVE-2017-7308
# expect: ok
# breach: BREACH
import socket

try:
    s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
    print("BREACH: a socket")
except OSError as error:
    print("held" if error.errno == 13 else f"BREACH: the kernel was asked: {error}")
