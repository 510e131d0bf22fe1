// SPDX-License-Identifier: MIT
// tries: fills the buffers of sockets
// layer: cgroup-memory
// source: unix(7)
// expect: out_of_memory
// limits: memory=24M
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
    static char x[1 << 16];

    for (int n = 0; n < 400; n++) {
        int ends[2];

        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) < 0)
            break;
        while (write(ends[0], x, sizeof(x)) > 0)
            ;
    }
    puts("BREACH: 400 sockets");
    return 0;
}
