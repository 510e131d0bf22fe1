// SPDX-License-Identifier: MIT
// tries: makes a denied call where nobody looks
// layer: policy-trace
// source: seccomp(2): a filter is inherited
// expect: denied ptrace
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    if (fork() == 0 && fork() == 0) {
        setsid();
        syscall(SYS_ptrace, 0, 0, 0, 0);
        puts("BREACH: it came back");
        fflush(stdout);
        _exit(0);
    }
    sleep(30);
    return 0;
}
