# SPDX-License-Identifier: MIT
# tries: asks the kernel for its capabilities, and which ones a program could still give it
# layer: capabilities bounding-set
# source: capget(2); prctl(2), PR_CAPBSET_READ and PR_CAP_AMBIENT
# expect: ok
# breach: BREACH
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
header, sets = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
if libc.capget(header, sets) == 0 and any(sets):
    print("BREACH: it has", [hex(one) for one in sets])
for capability in range(64):
    if libc.prctl(23, capability, 0, 0, 0) == 1 or libc.prctl(47, 1, capability, 0, 0) == 1:
        print("BREACH: it can have", capability)
print("held")
