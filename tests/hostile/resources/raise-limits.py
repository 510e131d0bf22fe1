# SPDX-License-Identifier: MIT
# tries: raises each of its limits
# layer: uid capabilities
# source: setrlimit(2): only CAP_SYS_RESOURCE raises a hard limit
# expect: ok
# breach: BREACH
import resource

names = [name for name in dir(resource) if name.startswith("RLIMIT_")]
for name in names:
    hard = resource.getrlimit(getattr(resource, name))[1]
    if hard == resource.RLIM_INFINITY:
        continue
    try:
        resource.setrlimit(getattr(resource, name), (hard + 1, hard + 1))
        print("BREACH:", name)
    except (ValueError, OSError):
        pass
print("held" if len(names) > 10 else "odd")
