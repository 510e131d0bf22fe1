import ctypes
libc = ctypes.CDLL(None, use_errno=True)
value = ctypes.c_int(-1)
print(libc.prctl(2, ctypes.byref(value), 0, 0, 0), value.value)
value = ctypes.c_int(-1)
print(libc.prctl(30, 0, 0, 0, 0), libc.prctl(25, ctypes.byref(value), 0, 0, 0), value.value, libc.prctl(42, 0, 0, 0, 0), libc.prctl(52, 0, 0, 0, 0))
