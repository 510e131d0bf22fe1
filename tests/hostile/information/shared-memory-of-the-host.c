// SPDX-License-Identifier: MIT
// tries: reads shared memory of the host
// layer: ipc-namespace
// source: ipc_namespaces(7), shmget(2)
// expect: ok
// breach: BREACH
#include <stdio.h>
#include <sys/shm.h>

int main(void)
{
    int id = shmget(@KEY@, 4096, 0);
    char *memory = id < 0 ? NULL : shmat(id, NULL, 0);

    if (memory && memory != (char *)-1)
        printf("BREACH: %s\n", memory);
    puts("held");
    return 0;
}
