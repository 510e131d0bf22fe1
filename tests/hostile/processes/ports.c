// SPDX-License-Identifier: MIT
// tries: talks to the hardware's ports
// layer: policy-admin
// source: ioperm(2), iopl(2)
// expect: denied ioperm
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_ioperm, 0x80, 1, 1);
    puts("BREACH: the kernel was asked");
    return 0;
}
