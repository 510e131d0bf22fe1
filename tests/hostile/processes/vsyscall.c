// SPDX-License-Identifier: MIT
// tries: calls by the old fixed page of the kernel
// layer: policy
// source: vsyscall, arch/x86/entry/vsyscall
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    long (*getcpu)(unsigned int *, void *, void *) = (void *)0xffffffffff600800;
    unsigned int processor = 0;

    if (fork() == 0) {
        getcpu(&processor, NULL, NULL);
        _exit(0);
    }
    puts("held");
    return 0;
}
