// SPDX-License-Identifier: MIT
// tries: the same with bits that the kernel does not look at
// layer: policy-ioctl session
// source: snapd CVE-2019-7303
// expect: denied ioctl
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_ioctl, 0, 0x100005412UL, "x");
    puts("BREACH: the kernel was asked");
    return 0;
}
