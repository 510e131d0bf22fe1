# SPDX-License-Identifier: MIT
# tries: reads those of its limits that nothing else would show
# layer: rlimit-msgqueue rlimit-nice rlimit-rtprio rlimit-sigpending rlimit-stack rlimit-memlock
# source: getrlimit(2)
# expect: ok
# breach: BREACH
import resource

for name, most in ("MSGQUEUE", 0), ("NICE", 0), ("RTPRIO", 0), ("SIGPENDING", 256), ("STACK", 8 << 20), ("MEMLOCK", 0):
    hard = resource.getrlimit(getattr(resource, "RLIMIT_" + name))[1]
    if not 0 <= hard <= most:
        print("BREACH:", name, hard)
print("held")
