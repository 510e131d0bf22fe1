// SPDX-License-Identifier: MIT
// tries: takes a mount away, to see what is beneath
// layer: policy-mount
// source: umount2(2)
// expect: denied umount2
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_umount2, "/proc", 2);
    puts("BREACH: the kernel was asked");
    return 0;
}
