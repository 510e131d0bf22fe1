// SPDX-License-Identifier: MIT
// tries: takes another root
// layer: policy-mount
// source: chroot(2)
// expect: denied chroot
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_chroot, "/tmp");
    puts("BREACH: the kernel was asked");
    return 0;
}
