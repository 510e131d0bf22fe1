// SPDX-License-Identifier: MIT
// tries: takes record locks for ever, whatever it is told
// layer: policy-locks
// source: fcntl(2), F_OFD_SETLK
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
    for (int n = 0; n < 400000; n++) {
        struct flock lock = {.l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = n, .l_len = 1};

        fcntl(0, F_OFD_SETLK, &lock);
    }
    puts("BREACH: nobody counts");
    return 0;
}
