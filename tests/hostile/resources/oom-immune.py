# SPDX-License-Identifier: MIT
# tries: makes itself the last that the kernel kills for memory
# layer: oom
# source: proc(5), oom_score_adj
# expect: ok
# breach: BREACH
path = "/proc/self/oom_score_adj"
try:
    open(path, "w").write("-1000")
except OSError:
    pass
print("held" if open(path).read().strip() == "1000" else "BREACH: " + open(path).read())
