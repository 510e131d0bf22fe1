// SPDX-License-Identifier: MIT
// tries: takes a descriptor out of the process in front of it
// layer: policy-trace
// source: pidfd_getfd(2)
// expect: denied pidfd_getfd
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_pidfd_getfd, syscall(SYS_pidfd_open, 1, 0), 0, 0);
    puts("BREACH: the kernel was asked");
    return 0;
}
