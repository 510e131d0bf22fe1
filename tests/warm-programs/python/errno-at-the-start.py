import ctypes
get = ctypes.pythonapi.__errno_location if hasattr(ctypes.pythonapi, "__errno_location") else None
print(get is not None)
