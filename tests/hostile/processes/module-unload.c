// SPDX-License-Identifier: MIT
// tries: unloads a module
// layer: policy-kernel
// source: delete_module(2)
// expect: denied delete_module
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_delete_module, "exrun-audit-none", 0);
    puts("BREACH: the kernel was asked");
    return 0;
}
