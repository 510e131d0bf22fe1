// SPDX-License-Identifier: MIT
// tries: makes a user namespace
// layer: policy-namespaces
// source: unshare(2); CVE-2022-0185, CVE-2023-0386 and many others begin so
// expect: denied unshare
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_unshare, 0x10000000);
    puts("BREACH: the kernel was asked");
    return 0;
}
