import ctypes


class Info(ctypes.Structure):
    _fields_ = [("address", ctypes.c_void_p), ("name", ctypes.c_char_p)]


names = []
ctypes.CDLL(None).dl_iterate_phdr(ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(Info), ctypes.c_size_t, ctypes.c_void_p)(lambda info, size, data: names.append(info.contents.name) or 0), None)
print([name for name in names if not name.endswith(b"/park.so")])
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
