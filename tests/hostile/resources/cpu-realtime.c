// SPDX-License-Identifier: MIT
// tries: asks for the scheduler's real time
// layer: policy-other rlimit-rtprio
// source: sched(7)
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

int main(void)
{
    struct sched_param parameter = {1};
    struct rlimit limit;

    getrlimit(RLIMIT_RTPRIO, &limit);
    if (sched_setscheduler(0, SCHED_FIFO, &parameter) == 0)
        puts("BREACH: it runs in real time");
    puts(limit.rlim_max == 0 ? "held" : "BREACH: it may ask for it");
    return 0;
}
