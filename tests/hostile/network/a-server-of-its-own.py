# SPDX-License-Identifier: MIT
# tries: serves on its own loopback
# layer: network policy-sockets
# source: lo(4) of a fresh namespace is down
# expect: ok
# breach: BREACH
import socket

try:
    s = socket.create_server(("127.0.0.1", 0))
    socket.create_connection(s.getsockname(), 2)
    print("BREACH: in")
except OSError:
    print("held")
