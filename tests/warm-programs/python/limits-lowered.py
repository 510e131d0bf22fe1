# exrun: {"limits": {"cpu_ms": 700, "files": 40, "disk_bytes": 131072, "output_bytes": 5000}}
import resource
for name in sorted(dir(resource)):
    if name.startswith("RLIMIT_"):
        print(name, resource.getrlimit(getattr(resource, name)))
print(open("/proc/self/limits").read())
