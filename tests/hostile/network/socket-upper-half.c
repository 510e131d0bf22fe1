// SPDX-License-Identifier: MIT
// tries: hides the family behind bits that the kernel does not look at
// layer: policy-sockets
// source: seccomp(2) compares 64 bits, the kernel takes 32
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    if (syscall(SYS_socket, 0x100000002UL, 1, 0) >= 0 || errno != EACCES)
        puts("BREACH: AF_INET");
    if (syscall(SYS_socket, 0x100000001UL, 1, 0) >= 0)
        puts("BREACH: AF_UNIX in disguise");
    puts("held");
    return 0;
}
