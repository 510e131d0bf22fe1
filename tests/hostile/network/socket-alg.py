# SPDX-License-Identifier: MIT
# tries: makes a socket of the kind alg
# layer: policy-sockets
# source: AF_ALG; CVE-2017-17806
# expect: ok
# breach: BREACH
import socket

try:
    s = socket.socket(38, socket.SOCK_SEQPACKET)
    print("BREACH: a socket")
except OSError as error:
    print("held" if error.errno == 13 else f"BREACH: the kernel was asked: {error}")
