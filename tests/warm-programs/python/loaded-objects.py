names = sorted({line.split()[5] for line in open("/proc/self/maps") if len(line.split()) > 5 and line.split()[5].startswith("/") and "park.so" not in line})
print(*names, sep="\n")
