# SPDX-License-Identifier: MIT
# tries: asks for the address of a name
# layer: network policy-sockets root
# source: getaddrinfo(3)
# expect: ok
# breach: BREACH
import socket

for name in "localhost.localdomain", "example.org", "metadata.google.internal":
    try:
        print("BREACH:", socket.getaddrinfo(name, 80))
    except OSError:
        pass
print("held")
