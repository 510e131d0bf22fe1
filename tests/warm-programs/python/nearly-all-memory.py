# 8 MiB less than the limit: the interpreter is in it.
x = bytearray(110 << 20)
print(len(x), x[-1])
