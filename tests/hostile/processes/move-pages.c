// SPDX-License-Identifier: MIT
// tries: calls move_pages, which a newer or rarer part of the kernel answers
// layer: policy-other
// source: move_pages(2)
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    long r = syscall(SYS_move_pages, 0, 0, 0, 0, 0, 0);

    puts(r < 0 && errno == ENOSYS ? "held" : "BREACH: the kernel was asked");
    return 0;
}
