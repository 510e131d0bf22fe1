# SPDX-License-Identifier: MIT
# tries: sends a message as another process and user
# layer: uid pid-namespace
# source: unix(7), SCM_CREDENTIALS
# expect: ok
# breach: BREACH
import socket, struct

a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
for pid, uid, gid in (1, 0, 0), (1, 1000, 1000), (0, 0, 0):
    try:
        a.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_CREDENTIALS, struct.pack("iii", pid, uid, gid))])
        print("BREACH:", pid, uid, gid)
    except OSError:
        pass
print("held")
