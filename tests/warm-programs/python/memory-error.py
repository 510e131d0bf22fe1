try:
    x = bytearray(1 << 50)
except MemoryError:
    print("too large")
x = [0] * (1 << 60)
