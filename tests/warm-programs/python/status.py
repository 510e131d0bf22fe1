for line in open("/proc/self/status"):
    if not line.startswith(("Vm", "Rss", "Huge", "SigQ")) and "ctxt" not in line:
        print(line, end="")
