print([line.split()[1:] for line in open("/proc/self/maps") if line.split()[1].endswith("s")], [line.split()[1:] for line in open("/proc/self/maps") if "memfd" in line or "deleted" in line])
