// SPDX-License-Identifier: MIT
// tries: has the kernel start its helper for keys, as root
// layer: policy-keys
// source: request_key(2)
// expect: denied request_key
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_request_key, "user", "x", "y", 0);
    puts("BREACH: the kernel was asked");
    return 0;
}
