// SPDX-License-Identifier: MIT
// tries: hides its work in a grandchild that its init has inherited
// layer: cgroup-cpu
// source: wait(2): who is not waited for is not counted
// expect: cpu_timeout
// limits: cpu=300ms
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    if (fork() == 0) {
        if (fork() == 0)
            for (;;)
                ;
        _exit(0);
    }
    sleep(60);
    return 0;
}
