// SPDX-License-Identifier: MIT
// tries: queues signals to itself for ever
// layer: rlimit-sigpending
// source: sigqueue(3), RLIMIT_SIGPENDING
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    union sigval value = {.sival_int = 0};
    sigset_t all;
    int n = 0;

    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    while (n < 5000 && sigqueue(getpid(), SIGRTMIN, value) == 0)
        n++;
    puts(n <= 256 ? "held" : "BREACH: more than 256 signals");
    return 0;
}
