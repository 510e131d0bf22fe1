// SPDX-License-Identifier: MIT
// tries: calls x32's own numbers
// layer: policy-arch
// source: arch/x86/entry/syscalls/syscall_64.tbl, 512 and above
// expect: denied
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    syscall(0x40000000 | 520);
    puts("BREACH: the kernel was asked");
    return 0;
}
