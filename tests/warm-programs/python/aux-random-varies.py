# exrun: {"varies": true}
import ctypes
libc = ctypes.CDLL(None)
libc.getauxval.restype = ctypes.c_void_p
print(ctypes.string_at(libc.getauxval(25), 16).hex())
