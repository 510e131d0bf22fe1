import os, stat
for fd in range(3):
    mode = os.fstat(fd).st_mode
    print(fd, oct(mode), stat.S_ISFIFO(mode), os.fstat(fd).st_nlink)
