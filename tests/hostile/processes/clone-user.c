// SPDX-License-Identifier: MIT
// tries: makes a child in a user namespace
// layer: policy-namespaces
// source: clone(2), CLONE_NEWUSER
// expect: denied clone
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_clone, 0x10000000 | 17, 0, 0, 0, 0);
    puts("BREACH: the kernel was asked");
    return 0;
}
