// SPDX-License-Identifier: MIT
// tries: makes children by vfork(2) until it may no more
// layer: cgroup-pids
// source: vfork(2)
// expect: ok
// hits: processes
// limits: processes=16
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    for (int n = 0; n < 200; n++) {
        pid_t pid = vfork();

        if (pid == 0) {
            if (n == 199)
                puts("BREACH: 200 deep");
            continue;
        }
        if (pid < 0)
            puts(errno == EAGAIN ? "held" : "odd");
        fflush(stdout);
        _exit(0);
    }
    return 0;
}
