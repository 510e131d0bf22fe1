// SPDX-License-Identifier: MIT
// tries: locks pages into memory
// layer: policy-other rlimit-memlock
// source: mlock(2)
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

int main(void)
{
    struct rlimit limit;
    char page[4096];

    getrlimit(RLIMIT_MEMLOCK, &limit);
    if (mlock(page, sizeof(page)) == 0)
        puts("BREACH: a page is locked");
    puts(limit.rlim_max == 0 ? "held" : "BREACH: it may lock some");
    return 0;
}
