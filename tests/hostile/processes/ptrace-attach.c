// SPDX-License-Identifier: MIT
// tries: traces another process
// layer: policy-trace
// source: ptrace(2)
// expect: denied ptrace
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_ptrace, 16, 1, 0, 0);
    puts("BREACH: the kernel was asked");
    return 0;
}
