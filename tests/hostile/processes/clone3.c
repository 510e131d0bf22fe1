// SPDX-License-Identifier: MIT
// tries: makes a child with flags that no filter can see
// layer: policy-other
// source: clone3(2): they are in memory
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    long r = syscall(SYS_clone3, &(unsigned long[11]){0x10000000}, 88);

    puts(r < 0 && errno == ENOSYS ? "held" : "BREACH: the kernel was asked");
    return 0;
}
