import os
print(os.open("/dev/null", os.O_RDONLY), os.pipe(), os.dup(0), open("main.py").fileno(), os.sysconf("SC_OPEN_MAX"))
