// SPDX-License-Identifier: MIT
// tries: makes a file system by the new calls
// layer: policy-mount
// source: fsopen(2); CVE-2022-0185
// expect: denied fsopen
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_fsopen, "tmpfs", 0);
    puts("BREACH: the kernel was asked");
    return 0;
}
