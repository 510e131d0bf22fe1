// SPDX-License-Identifier: MIT
// tries: loads a program into the kernel
// layer: policy-kernel
// source: bpf(2); CVE-2021-3490
// expect: denied bpf
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_bpf, 0, 0, 0);
    puts("BREACH: the kernel was asked");
    return 0;
}
