// SPDX-License-Identifier: MIT
// tries: leaves a child that ignores every signal and goes on
// layer: pid-namespace reclaim
// source: daemon(3)
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    for (int n = 1; n < 65; n++)
        signal(n, SIG_IGN);
    if (fork() == 0) {
        setsid();
        for (;;)
            pause();
    }
    puts("held");
    return 0;
}
