# SPDX-License-Identifier: MIT
# tries: makes a socket of the kind netlink
# layer: policy-sockets
# source: netlink(7); CVE-2022-32250 of nf_tables
# expect: ok
# breach: BREACH
import socket

try:
    s = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
    print("BREACH: a socket")
except OSError as error:
    print("held" if error.errno == 13 else f"BREACH: the kernel was asked: {error}")
