// SPDX-License-Identifier: MIT
// tries: asks for locks on a lent file for ever, whatever it is told
// layer: policy-locks
// source: flock(2), fcntl(2)
// expect: denied flock
// limits: cpu=20s wall=40s
// breach: BREACH
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>

int main(void)
{
    int fd = open("/usr/bin/env", O_RDONLY);

    for (int n = 0; n < 5000; n++)
        flock(fd, LOCK_EX | LOCK_NB);
    puts("BREACH: nobody ends it");
    return 0;
}
