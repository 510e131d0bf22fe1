// SPDX-License-Identifier: MIT
// tries: takes record locks for ever, whatever it is told
// layer: policy-locks
// source: fcntl(2), F_SETLK
// expect: ok|timeout|cpu_timeout
// limits: wall=3s
// breach: BREACH
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    int fd = open("/tmp/f", O_RDWR | O_CREAT, 0600), n_taken = 0;

    setvbuf(stdout, NULL, _IONBF, 0);
    for (int n = 0; n < 20000; n++) {
        struct flock lock = {.l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = 2L * n, .l_len = 1};

        n_taken += fcntl(fd, F_SETLK, &lock) == 0;
        if (n_taken == 600)
            puts("BREACH: nobody counts");
    }
    puts("held");
    return 0;
}
