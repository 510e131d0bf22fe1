// SPDX-License-Identifier: MIT
// tries: takes another root by the newer way
// layer: policy-mount
// source: pivot_root(2)
// expect: denied pivot_root
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_pivot_root, "/tmp", "/tmp");
    puts("BREACH: the kernel was asked");
    return 0;
}
