# SPDX-License-Identifier: MIT
# tries: takes away the mount on a file of /proc, to see the kernel's file beneath
# layer: policy-mount
# source: umount2(2), MNT_DETACH
# expect: denied umount2
# breach: BREACH
import ctypes

ctypes.CDLL(None).umount2(b"/proc/cpuinfo", 2)
print("BREACH: the kernel was asked")
