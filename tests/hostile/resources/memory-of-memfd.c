// SPDX-License-Identifier: MIT
// tries: takes a file of memory that no file system bounds
// layer: policy-other
// source: memfd_create(2)
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    long r = syscall(SYS_memfd_create, "x", 0);

    puts(r < 0 && errno == ENOSYS ? "held" : "BREACH: the kernel was asked");
    return 0;
}
