// SPDX-License-Identifier: MIT
// tries: asks to be traced
// layer: policy-trace
// source: ptrace(2), PTRACE_TRACEME; CVE-2019-13272
// expect: denied ptrace
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_ptrace, 0, 0, 0, 0);
    puts("BREACH: the kernel was asked");
    return 0;
}
