// SPDX-License-Identifier: MIT
// tries: doubles itself for ever
// layer: cgroup-pids
// source: fork(2), "fork bomb"; snekbox#83
// expect: cpu_timeout | timeout | out_of_memory
// hits: processes
// limits: processes=16 cpu=1500ms wall=12s
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    for (;;)
        fork();
    return 0;
}
