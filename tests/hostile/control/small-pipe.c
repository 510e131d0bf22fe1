// SPDX-License-Identifier: MIT
// tries: makes its output's pipe small and blocking in odd ways
// layer: output
// source: fcntl(2), F_SETPIPE_SZ, O_NONBLOCK, O_ASYNC
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    fcntl(1, F_SETPIPE_SZ, 4096);
    fcntl(1, F_SETFL, O_NONBLOCK | O_DIRECT | O_ASYNC | O_APPEND);
    for (int n = 0; n < 100000; n++)
        write(1, "x\n", 2);
    for (int n = 0; n < 1000; n++) {
        usleep(1000);
        if (write(1, "held\n", 5) == 5)
            break;
    }
    return 0;
}
