// SPDX-License-Identifier: MIT
// tries: loads a module
// layer: policy-kernel
// source: init_module(2)
// expect: denied init_module
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_init_module, "x", 1, "");
    puts("BREACH: the kernel was asked");
    return 0;
}
