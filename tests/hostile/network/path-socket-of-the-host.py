# SPDX-License-Identifier: MIT
# tries: connects to a socket of the host by its path
# layer: root
# source: unix(7); docker.sock
# expect: ok
# breach: BREACH
import socket

for kind in socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET:
    try:
        s = socket.socket(socket.AF_UNIX, kind)
        s.connect("@DIR@/socket")
        print("BREACH: connected")
    except OSError:
        pass
print("held")
