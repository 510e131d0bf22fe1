// SPDX-License-Identifier: MIT
// tries: fills the kernel with sets of semaphores
// layer: cgroup-memory
// source: semget(2)
// expect: out_of_memory | ok
// limits: memory=24M
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/sem.h>
#include <unistd.h>

int main(void)
{
    int n = 0;

    while (n < 64 && semget(IPC_PRIVATE, 30000, 0600) >= 0)
        n++;
    puts(n == 64 ? "BREACH: two million semaphores" : "held");
    return 0;
}
