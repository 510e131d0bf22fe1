// SPDX-License-Identifier: MIT
// tries: calls by the gate of i386
// layer: policy-arch
// source: int 0x80 from 64-bit code; CVE-2009-0029's kin
// expect: denied | crashed
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    long r;

    __asm__ volatile("int $0x80" : "=a"(r) : "a"(20));
    puts("BREACH: the kernel was asked");
    return 0;
}
