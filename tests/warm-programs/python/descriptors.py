import os
for name in sorted(os.listdir("/proc/self/fd"), key=int):
    try:
        print(name, "".join(c for c in os.readlink(f"/proc/self/fd/{name}") if not c.isdigit()), os.get_inheritable(int(name)))
    except OSError as problem:
        print(name, problem.strerror)
