# SPDX-License-Identifier: MIT
# tries: connects to a socket with a path of a cell that runs at the same time
# layer: root
# source: unix(7)
# expect: ok
# copies: 2
# breach: BREACH
import os, socket, sys, time

PLACES = "/tmp", "/dev/shm", "/box"
own, other = int(sys.argv[1]), 1 - int(sys.argv[1])
servers = []
for place in PLACES:
    server = socket.socket(socket.AF_UNIX)
    server.bind(f"{place}/@NAME@-{own}")
    os.chmod(f"{place}/@NAME@-{own}", 0o777)
    server.listen()
    servers.append(server)
end = time.monotonic() + 1
while time.monotonic() < end:
    for place in PLACES:
        try:
            socket.socket(socket.AF_UNIX).connect(f"{place}/@NAME@-{other}")
            print("BREACH: connected in", place)
            end = 0
        except OSError:
            pass
    time.sleep(0.02)
socket.socket(socket.AF_UNIX).connect(f"/tmp/@NAME@-{own}")
for place in PLACES:
    os.unlink(f"{place}/@NAME@-{own}")
print("held")
