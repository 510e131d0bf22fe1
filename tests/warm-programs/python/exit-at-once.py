import atexit, os
atexit.register(print, "never")
print("before")
os._exit(9)
