// SPDX-License-Identifier: MIT
// tries: calls userfaultfd, which a newer or rarer part of the kernel answers
// layer: policy-other
// source: userfaultfd(2): it makes races in the kernel winnable
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    long r = syscall(SYS_userfaultfd, 0);

    puts(r < 0 && errno == ENOSYS ? "held" : "BREACH: the kernel was asked");
    return 0;
}
