// SPDX-License-Identifier: MIT
// tries: reads memory that a cell shares which runs at the same time
// layer: ipc-namespace
// source: ipc_namespaces(7)
// expect: ok
// copies: 2
// breach: BREACH
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/shm.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    int own = argc > 1 ? atoi(argv[1]) : 0, id = shmget(777000 + own, 4096, IPC_CREAT | 0666);

    if (id < 0)
        return 1;
    strcpy(shmat(id, NULL, 0), "here");
    for (int n = 0; n < 50; n++) {
        if (shmget(777000 + 1 - own, 4096, 0) >= 0) {
            puts("BREACH: it is seen");
            break;
        }
        usleep(20000);
    }
    puts("held");
    return 0;
}
