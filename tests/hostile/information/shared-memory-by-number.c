// SPDX-License-Identifier: MIT
// tries: looks through all shared memory by its numbers
// layer: ipc-namespace
// source: shmctl(2), SHM_STAT
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

int main(void)
{
    struct shmid_ds segment;
    struct msqid_ds queue;

    for (int n = 0; n < 1000; n++)
        if (shmctl(n, SHM_STAT, &segment) >= 0 || msgctl(n, MSG_STAT, &queue) >= 0)
            puts("BREACH: it is not alone");
    puts("held");
    return 0;
}
