// SPDX-License-Identifier: MIT
// tries: puts a filter of its own in front, whose listener answers for the kernel
// layer: policy-other
// source: seccomp_unotify(2)
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    long r = syscall(SYS_seccomp, 1, 8, &(struct { unsigned short n; void *p; }){0, 0});

    puts(r < 0 && errno == ENOSYS ? "held" : "BREACH: the kernel was asked");
    return 0;
}
