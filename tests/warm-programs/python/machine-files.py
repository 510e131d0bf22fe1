for name in ("cpuinfo", "meminfo", "loadavg", "version", "uptime", "stat"):
    try:
        print(name, [line.split(":")[0].split()[0] if name != "uptime" else len(line.split()) for line in open(f"/proc/{name}") if line.strip()], open("/proc/meminfo").readline())
    except OSError as problem:
        print(name, problem.strerror)
