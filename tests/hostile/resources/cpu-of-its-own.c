// SPDX-License-Identifier: MIT
// tries: binds itself to a processor, beside a victim of its choice
// layer: policy-other
// source: sched_setaffinity(2)
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    long r = syscall(SYS_sched_setaffinity, 0, 8, "\1\0\0\0\0\0\0");

    puts(r < 0 && errno == EPERM ? "held" : "BREACH: the kernel was asked");
    return 0;
}
