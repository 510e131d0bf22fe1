// SPDX-License-Identifier: MIT
// tries: calls itself by a name that breaks whoever reads /proc
// layer: reclaim
// source: proc(5), /proc/PID/stat: the name may hold ") R 1"
// expect: ok
// breach: BREACH
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

int main(void)
{
    prctl(PR_SET_NAME, "x) Z 1 1 1\n");
    if (fork() == 0) {
        setsid();
        pause();
    }
    puts("held");
    return 0;
}
