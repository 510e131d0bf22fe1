// SPDX-License-Identifier: MIT
// tries: makes timers for ever
// layer: rlimit-sigpending
// source: timer_create(2): each takes a queued signal
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

int main(void)
{
    int n = 0;
    timer_t timer;

    while (n < 5000 && timer_create(CLOCK_MONOTONIC, NULL, &timer) == 0)
        n++;
    puts(n <= 256 ? "held" : "BREACH: more than 256 timers");
    return 0;
}
