import os
found = []
for fd in range(65536):
    try:
        os.fstat(fd)
        found.append(fd)
    except OSError:
        pass
print(found)
