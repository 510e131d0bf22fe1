import struct
entries = struct.iter_unpack("QQ", open("/proc/self/auxv", "rb").read())
print({key: value for key, value in entries if key in (4, 5, 6, 8, 11, 12, 13, 14, 16, 17, 23, 26, 51)})
