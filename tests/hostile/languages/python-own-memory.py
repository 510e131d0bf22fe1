# SPDX-License-Identifier: MIT
# tries: writes machine code over a function of its own
# layer: policy
# source: proc(5), /proc/self/mem: it is its own
# expect: denied ptrace
# breach: BREACH
import ctypes, mmap

code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
# mov eax, 101 (ptrace); xor edi, edi; syscall; ret
code.write(b"\xb8\x65\0\0\0\x31\xff\x0f\x05\xc3")
call = ctypes.CFUNCTYPE(ctypes.c_long)(ctypes.addressof(ctypes.c_char.from_buffer(code)))
call()
print("BREACH: the kernel was asked")
