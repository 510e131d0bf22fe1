import ctypes
print(ctypes.CDLL(None).prctl(30, 0, 0, 0, 0), ctypes.CDLL(None).prctl(41, 0, 0, 0, 0), ctypes.CDLL(None).personality(0xffffffff))
