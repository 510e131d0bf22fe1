# SPDX-License-Identifier: MIT
# tries: looks for abstract sockets of an earlier run, and leaves one with a holder
# layer: network reclaim
# source: unix(7)
# expect: ok
# runs: 3
# breach: BREACH
import os, socket, time

try:
    socket.socket(socket.AF_UNIX).connect("\0audit-left")
    print("BREACH: it answers")
except OSError:
    pass
server = socket.socket(socket.AF_UNIX)
server.bind("\0audit-left")
server.listen()
if os.fork() == 0:
    os.setsid()
    time.sleep(60)
print("held")
