// SPDX-License-Identifier: MIT
// tries: loads a module from a file
// layer: policy-kernel
// source: finit_module(2)
// expect: denied finit_module
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_finit_module, 0, "", 0);
    puts("BREACH: the kernel was asked");
    return 0;
}
