# SPDX-License-Identifier: MIT
# tries: makes a socket of the kind tipc
# layer: policy-sockets
# source: AF_TIPC; CVE-2021-43267
# expect: ok
# breach: BREACH
import socket

try:
    s = socket.socket(30, socket.SOCK_SEQPACKET)
    print("BREACH: a socket")
except OSError as error:
    print("held" if error.errno == 13 else f"BREACH: the kernel was asked: {error}")
