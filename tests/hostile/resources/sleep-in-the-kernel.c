// SPDX-License-Identifier: MIT
// tries: waits where no signal reaches it
// layer: wall
// source: vfork(2): the parent can't be interrupted
// expect: timeout
// limits: wall=500ms
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    if (vfork() == 0)
        for (;;)
            pause();
    return 0;
}
