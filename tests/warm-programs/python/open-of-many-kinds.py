import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
for name, flags in (("made", os.O_CREAT | os.O_WRONLY | os.O_EXCL), ("made", os.O_CREAT | os.O_WRONLY | os.O_EXCL), (".", os.O_TMPFILE | os.O_RDWR), ("none", os.O_RDONLY), ("main.py", os.O_DIRECTORY)):
    ctypes.set_errno(0)
    print(name, libc.open(name.encode(), flags, 0o640), ctypes.get_errno(), libc.openat(-100, name.encode(), flags, 0o604), ctypes.get_errno())
print(oct(os.stat("made").st_mode))
