// SPDX-License-Identifier: MIT
// tries: fills the kernel's key store
// layer: policy-keys
// source: add_key(2); keyrings(7)
// expect: denied add_key
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_add_key, "user", "x", "y", 1, -3);
    puts("BREACH: the kernel was asked");
    return 0;
}
