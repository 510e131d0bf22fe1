// SPDX-License-Identifier: MIT
// tries: takes record locks for ever, whose memory the kernel bills to nobody
// layer: policy-locks
// source: fcntl(2), F_SETLK; fs/locks.c: file_lock_cache is not accounted
// expect: ok
// limits: cpu=30s wall=60s
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    long n = 0;

    for (int file = 0; file < 160; file++) {
        char name[32];
        int fd;

        snprintf(name, sizeof(name), "/tmp/%d", file);
        fd = open(name, O_CREAT | O_RDWR, 0600);
        for (int at = 500; at > 0; at--) {
            struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 2L * at, .l_len = 1};

            if (fcntl(fd, F_SETLK, &lock) < 0) {
                puts(errno == ENOLCK ? "held" : "odd");
                return 0;
            }
            n++;
        }
    }
    printf("BREACH: %ld locks\n", n);
    return 0;
}
