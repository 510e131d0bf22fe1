// SPDX-License-Identifier: MIT
// tries: reads the keys of whoever called exrun
// layer: policy-keys
// source: keyctl(2); CVE-2016-0728
// expect: denied keyctl
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    syscall(SYS_keyctl, 0, -3, 1);
    puts("BREACH: the kernel was asked");
    return 0;
}
