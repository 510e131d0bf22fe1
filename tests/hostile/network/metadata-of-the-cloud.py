# SPDX-License-Identifier: MIT
# tries: asks the cloud's address of credentials
# layer: network policy-sockets
# source: 169.254.169.254; Capital One, 2019
# expect: ok
# breach: BREACH
import socket

for family, address in ((socket.AF_INET, ("169.254.169.254", 80)), (socket.AF_INET6, ("fd00:ec2::254", 80))):
    try:
        s = socket.socket(family, socket.SOCK_STREAM)
        s.settimeout(2)
        s.connect(address)
        print("BREACH: connected to", address)
    except OSError:
        pass
print("held")
