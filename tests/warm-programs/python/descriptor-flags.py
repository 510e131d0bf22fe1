import fcntl
for fd in range(3):
    print(fd, hex(fcntl.fcntl(fd, fcntl.F_GETFL)), fcntl.fcntl(fd, fcntl.F_GETFD), fcntl.fcntl(fd, 1032))
