// SPDX-License-Identifier: MIT
// tries: fills memory by segments that no process has mapped any more
// layer: cgroup-memory
// source: shmget(2)
// expect: out_of_memory
// limits: memory=24M
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/shm.h>
#include <unistd.h>

int main(void)
{
    for (int n = 0; n < 64; n++) {
        int id = shmget(IPC_PRIVATE, 1 << 20, 0600);
        char *memory = shmat(id, NULL, 0);

        memset(memory, 1, 1 << 20);
        shmdt(memory);
    }
    puts("BREACH: 64 MiB");
    return 0;
}
