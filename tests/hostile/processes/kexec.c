// SPDX-License-Identifier: MIT
// tries: boots another kernel
// layer: policy-kernel
// source: kexec_load(2)
// expect: denied kexec_load
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_kexec_load, 0, 0, 0, 0);
    puts("BREACH: the kernel was asked");
    return 0;
}
