# SPDX-License-Identifier: MIT
# tries: reads and walks from every descriptor that it was left
# layer: fds
# source: close_range(2); runc CVE-2024-21626
# expect: ok
# breach: BREACH
import os

for n in range(3, 4096):
    try:
        st = os.fstat(n)
    except OSError:
        continue
    print("BREACH: a descriptor", n, oct(st.st_mode), flush=True)
    try:
        print(os.pread(n, 4096, 0))
    except OSError:
        pass
print("held")
