// SPDX-License-Identifier: MIT
// tries: mounts a file system
// layer: policy-mount
// source: mount(2)
// expect: denied mount
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_mount, "none", "/tmp", "tmpfs", 0, 0);
    puts("BREACH: the kernel was asked");
    return 0;
}
