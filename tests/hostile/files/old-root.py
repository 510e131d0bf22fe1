# SPDX-License-Identifier: MIT
# tries: looks for what the root was before
# layer: old-root
# source: pivot_root(2): the old root must be detached
# expect: ok
# breach: BREACH
points = [line.split()[4] for line in open("/proc/self/mountinfo")]
odd = [point for point in points if "exrun" in point or "old" in point or points.count(point) > 1]
print(f"BREACH: {odd}" if odd else "held")
