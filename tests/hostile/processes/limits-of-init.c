// SPDX-License-Identifier: MIT
// tries: changes the limits of the process in front of it
// layer: init-user policy-other
// source: prlimit(2)
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

int main(void)
{
    struct rlimit limit = {0, 0};

    puts(prlimit(1, RLIMIT_NOFILE, &limit, NULL) < 0 ? "held" : "BREACH: it has no files any more");
    if (prlimit(1, RLIMIT_CPU, NULL, &limit) == 0)
        puts("BREACH: they can be read");
    return 0;
}
