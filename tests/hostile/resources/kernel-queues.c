// SPDX-License-Identifier: MIT
// tries: fills message queues of System V
// layer: cgroup-memory
// source: msgget(2)
// expect: out_of_memory
// limits: memory=24M
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/msg.h>
#include <unistd.h>

int main(void)
{
    static struct {
        long type;
        char text[8000];
    } message = {1, ""};

    for (int n = 0; n < 6000; n++) {
        int id = msgget(IPC_PRIVATE, 0600);

        if (id < 0)
            break;
        while (msgsnd(id, &message, sizeof(message.text), IPC_NOWAIT) == 0)
            ;
    }
    puts("BREACH: 90 MiB");
    return 0;
}
