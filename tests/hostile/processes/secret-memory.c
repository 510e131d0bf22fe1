// SPDX-License-Identifier: MIT
// tries: calls secret_memory, which a newer or rarer part of the kernel answers
// layer: policy-other
// source: memfd_secret(2)
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    long r = syscall(SYS_memfd_secret, 0);

    puts(r < 0 && errno == ENOSYS ? "held" : "BREACH: the kernel was asked");
    return 0;
}
