open("/dev/stdout", "w").write("by path\n")
open("/dev/stderr", "w").write("error by path\n")
open("/proc/self/fd/1", "w").write("by number\n")
