// SPDX-License-Identifier: MIT
// tries: makes a child in a time namespace
// layer: policy-namespaces
// source: time_namespaces(7), CLONE_NEWTIME
// expect: denied clone
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_clone, 0x00000080 | 17, 0, 0, 0, 0);
    puts("BREACH: the kernel was asked");
    return 0;
}
