// SPDX-License-Identifier: MIT
// tries: makes the process in front of it slow: by its number, its group, and whose it is
// layer: init-user policy-other
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
    int before = getpriority(PRIO_PROCESS, 1), is_set = 0;

    /* It becomes who it is when the program has begun. */
    for (int i = 0; i < 50; i++) {
        is_set |= setpriority(PRIO_PROCESS, 1, 19) == 0 || setpriority(PRIO_PGRP, 1, 19) == 0;
        setpriority(PRIO_USER, getuid(), 19);
        setpriority(PRIO_USER, 0, 19);
        usleep(2000);
    }
    errno = 0;
    puts(is_set || getpriority(PRIO_PROCESS, 1) != before || errno != 0 ? "BREACH: its priority" : "held");
    return 0;
}
