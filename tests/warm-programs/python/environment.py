import os
print(*sorted(os.environ.items()), sep="\n")
print(*open("/proc/self/environ", "rb").read().split(b"\0"), sep="\n")
