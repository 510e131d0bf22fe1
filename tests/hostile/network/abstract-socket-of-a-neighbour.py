# SPDX-License-Identifier: MIT
# tries: connects to an abstract socket of a cell that runs at the same time
# layer: network
# source: unix(7)
# expect: ok
# copies: 2
# breach: BREACH
import socket, sys, time

own, other = int(sys.argv[1]), 1 - int(sys.argv[1])
server = socket.socket(socket.AF_UNIX)
server.bind(f"\0@NAME@-{own}")
server.listen()
end = time.monotonic() + 1
while time.monotonic() < end:
    try:
        socket.socket(socket.AF_UNIX).connect(f"\0@NAME@-{other}")
        print("BREACH: connected")
        break
    except OSError:
        time.sleep(0.02)
print("held")
