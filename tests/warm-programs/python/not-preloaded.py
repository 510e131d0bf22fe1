import os
print(os.path.exists("/etc/ld.so.preload"), sorted(os.listdir("/etc")), [name for name in os.environ if name.startswith("LD_")])
