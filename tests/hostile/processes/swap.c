// SPDX-License-Identifier: MIT
// tries: gives the kernel a file to swap to
// layer: policy-admin
// source: swapon(2)
// expect: denied swapon
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_swapon, "/nowhere", 0);
    puts("BREACH: the kernel was asked");
    return 0;
}
