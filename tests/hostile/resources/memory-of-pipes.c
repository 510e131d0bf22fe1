// SPDX-License-Identifier: MIT
// tries: fills the buffers of pipes
// layer: cgroup-memory
// source: pipe(7); fcntl(2) F_SETPIPE_SZ
// expect: out_of_memory
// limits: memory=24M
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    static char x[1 << 20];

    for (int n = 0; n < 400; n++) {
        int ends[2];

        if (pipe2(ends, O_NONBLOCK) < 0)
            break;
        fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
        while (write(ends[1], x, sizeof(x)) > 0)
            ;
    }
    puts("BREACH: 400 pipes");
    return 0;
}
