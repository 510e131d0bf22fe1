// SPDX-License-Identifier: MIT
// tries: raises the bound of its stack
// layer: rlimit-stack
// source: setrlimit(2), RLIMIT_STACK
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

int main(void)
{
    struct rlimit limit = {1UL << 30, 1UL << 30};

    puts(setrlimit(RLIMIT_STACK, &limit) < 0 ? "held" : "BREACH: a stack of a gigabyte");
    return 0;
}
