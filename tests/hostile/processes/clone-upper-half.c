// SPDX-License-Identifier: MIT
// tries: hides a namespace's flag behind bits that only some look at
// layer: policy-namespaces
// source: seccomp(2) compares 64 bits, the kernel takes 32
// expect: denied clone
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_clone, 0x7fffffff00000000UL | 0x10000000 | 17, 0, 0, 0, 0);
    puts("BREACH: the kernel was asked");
    return 0;
}
