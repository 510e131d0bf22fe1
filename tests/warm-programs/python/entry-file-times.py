import os, time
s = os.stat("main.py")
print(abs(s.st_mtime - time.time()) < 3, abs(s.st_atime - time.time()) < 3, s.st_ctime >= s.st_mtime - 1)
