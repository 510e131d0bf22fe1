// SPDX-License-Identifier: MIT
// tries: makes a network namespace
// layer: policy-namespaces
// source: unshare(2); network_namespaces(7)
// expect: denied unshare
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_unshare, 0x40000000);
    puts("BREACH: the kernel was asked");
    return 0;
}
