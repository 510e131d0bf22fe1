// SPDX-License-Identifier: MIT
// tries: catches the signal of a denied call and goes on
// layer: policy-trace
// source: seccomp(2), SIGSYS
// expect: denied ptrace
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    signal(SIGSYS, SIG_IGN);
    syscall(SYS_ptrace, 0, 0, 0, 0);
    puts("BREACH: it goes on");
    return 0;
}
