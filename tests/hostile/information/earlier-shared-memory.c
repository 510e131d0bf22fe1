// SPDX-License-Identifier: MIT
// tries: looks for shared memory, queues and semaphores of an earlier run, and leaves some for the next
// layer: ipc-namespace reclaim
// source: svipc(7): they outlive their makers
// expect: ok
// runs: 3
// breach: BREACH
#include <stdio.h>
#include <string.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

int main(void)
{
    if (shmget(4711, 4096, 0) >= 0 || msgget(4711, 0) >= 0 || semget(4711, 1, 0) >= 0)
        puts("BREACH: an earlier run left it");
    if (shmget(4711, 4096, IPC_CREAT | 0666) < 0 || msgget(4711, IPC_CREAT | 0666) < 0 || semget(4711, 1, IPC_CREAT | 0666) < 0)
        return 1;
    puts("held");
    return 0;
}
