// SPDX-License-Identifier: MIT
// tries: takes record locks for ever, whatever it is told
// layer: policy-locks
// source: fcntl(2), F_SETLK
// expect: denied fcntl
// limits: cpu=30s wall=60s
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    int fd = open("/tmp/f", O_RDWR | O_CREAT, 0600);

    for (int n = 0; n < 400000; n++) {
        struct flock lock = {.l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = 2L * n, .l_len = 1};

        fcntl(fd, F_SETLK, &lock);
    }
    puts("BREACH: nobody counts");
    return 0;
}
