# SPDX-License-Identifier: MIT
# tries: connects to an abstract socket of the host
# layer: network
# source: unix(7): their names are the network namespace's; containerd CVE-2020-15257
# expect: ok
# breach: BREACH
import socket

for kind in socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET:
    try:
        s = socket.socket(socket.AF_UNIX, kind)
        s.connect("\0@NAME@")
        print("BREACH: connected")
    except OSError:
        pass
print("held")
