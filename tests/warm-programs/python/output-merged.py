# exrun: {"stderr": "stdout"}
import os, sys
for n in range(20):
    print("out", n)
    print("err", n, file=sys.stderr)
os.write(2, b"raw\n")
print(os.fstat(1).st_ino == os.fstat(2).st_ino)
raise ValueError("merged")
