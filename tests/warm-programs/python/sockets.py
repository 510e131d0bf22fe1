import socket, os
a, b = socket.socketpair()
print(a.fileno(), b.fileno(), a.send(b"x"), b.recv(1))
found = []
for fd in range(1100):
    try:
        socket.socket(fileno=os.dup(fd))
        found.append(fd)
    except OSError:
        pass
print(found)
print(open("/proc/net/unix").read().count("\n") if os.path.exists("/proc/net/unix") else "no /proc/net")
