// SPDX-License-Identifier: MIT
// tries: writes another's memory
// layer: policy-trace
// source: process_vm_writev(2)
// expect: denied process_vm_writev
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_process_vm_writev, 1, 0, 0, 0, 0, 0);
    puts("BREACH: the kernel was asked");
    return 0;
}
