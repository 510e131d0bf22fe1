<?php
// SPDX-License-Identifier: MIT
// tries: calls the C library by FFI
// layer: policy-trace
// source: PHP FFI
// expect: denied ptrace | ok
// breach: BREACH
if (!extension_loaded("ffi")) {
    exit("held\n");
}
$libc = FFI::cdef("long ptrace(int, int, void *, void *); int getpid(void);", "libc.so.6");
$libc->ptrace(0, 0, null, null);
echo "BREACH: the kernel was asked\n";
