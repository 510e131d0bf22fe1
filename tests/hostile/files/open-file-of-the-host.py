# SPDX-License-Identifier: MIT
# tries: writes to a file of the host that all may write to
# layer: root
# source: open(2)
# expect: ok
# breach: BREACH
for path in "@DIR@/open", "/proc/1/root@DIR@/open", "/proc/self/root@DIR@/open":
    try:
        open(path, "w").write("hostile")
        print("BREACH:", path)
    except OSError:
        pass
print("held")
