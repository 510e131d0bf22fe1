// SPDX-License-Identifier: MIT
// tries: makes the process in front of it slow
// layer: init-user
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
    puts(setpriority(PRIO_PROCESS, 1, 19) < 0 ? "held" : "BREACH: nice 19");
    return 0;
}
