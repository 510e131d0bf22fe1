# SPDX-License-Identifier: MIT
# tries: asks where its cgroup stands
# layer: cgroup_view
# source: cgroup_namespaces(7)
# expect: ok
# breach: BREACH
lines = open("/proc/self/cgroup").read().splitlines()
odd = [line for line in lines if "cell-" in line or "exrun" in line]
print(f"BREACH: {odd}" if odd else "held")
