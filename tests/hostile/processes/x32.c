// SPDX-License-Identifier: MIT
// tries: calls by the numbers of x32
// layer: policy-arch
// source: seccomp(2): x32 has x86-64's architecture
// expect: denied
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    syscall(0x40000000 | 39);
    puts("BREACH: the kernel was asked");
    return 0;
}
