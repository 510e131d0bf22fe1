// SPDX-License-Identifier: MIT
// tries: has the kernel write down every process
// layer: policy-admin
// source: acct(2)
// expect: denied acct
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_acct, "/nowhere");
    puts("BREACH: the kernel was asked");
    return 0;
}
