// SPDX-License-Identifier: MIT
// tries: calls io_uring, which a newer or rarer part of the kernel answers
// layer: policy-other
// source: io_uring(7); CVE-2021-41073, CVE-2022-29582
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    long r = syscall(SYS_io_uring_setup, 1, 0);

    puts(r < 0 && errno == ENOSYS ? "held" : "BREACH: the kernel was asked");
    return 0;
}
