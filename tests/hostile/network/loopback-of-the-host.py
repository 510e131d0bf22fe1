# SPDX-License-Identifier: MIT
# tries: connects to a port of the host on its loopback
# layer: network policy-sockets
# source: network_namespaces(7)
# expect: ok
# breach: BREACH
import socket

for family, address in ((socket.AF_INET, ("127.0.0.1", @PORT@)), (socket.AF_INET6, ("::1", @PORT@)), (socket.AF_INET, ("0.0.0.0", @PORT@))):
    try:
        s = socket.socket(family, socket.SOCK_STREAM)
        s.settimeout(2)
        s.connect(address)
        print("BREACH: connected to", address)
    except OSError:
        pass
print("held")
