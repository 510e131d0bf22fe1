import ctypes
libc = ctypes.CDLL(None)
print(libc.open(b"main.py", 0), libc.open64(b"/none", 0), libc.time(None) > 0, libc.fopen is not None)
