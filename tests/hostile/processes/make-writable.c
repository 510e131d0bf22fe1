// SPDX-License-Identifier: MIT
// tries: makes a mount writable by the new calls
// layer: policy-mount
// source: mount_setattr(2)
// expect: denied mount_setattr
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_mount_setattr, -100, "/usr", 0, 0, 0);
    puts("BREACH: the kernel was asked");
    return 0;
}
