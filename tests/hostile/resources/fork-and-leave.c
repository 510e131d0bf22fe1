// SPDX-License-Identifier: MIT
// tries: forks for ever, the parent leaving each time, so that no process lives long
// layer: cgroup-cpu
// source: fork(2)
// expect: cpu_timeout
// limits: processes=32 cpu=400ms
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    signal(SIGCHLD, SIG_IGN);
    if (fork() == 0)
        for (;;)
            if (fork() > 0)
                _exit(0);
    pause();
    return 0;
}
