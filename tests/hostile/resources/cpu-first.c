// SPDX-License-Identifier: MIT
// tries: puts itself in front of all others
// layer: rlimit-nice uid
// source: setpriority(2)
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

int main(void)
{
    puts(setpriority(PRIO_PROCESS, 0, -20) < 0 && getpriority(PRIO_PROCESS, 0) >= 0 ? "held" : "BREACH: nice -20");
    return 0;
}
