// SPDX-License-Identifier: MIT
// tries: holds so many locks, through so many descriptors, that closing them all takes seconds after the kill
// layer: policy-locks
// source: fs/locks.c: each close() at exit walks the inode's locks, and no signal ends that
// expect: ok
// limits: cpu=5s wall=20s
// breach: BREACH
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

/* 1024 files and 32 processes may walk 2^24 entries: 512 locks. */
enum { MOST = 512 };

int main(void)
{
    int fd = open("/tmp/f", O_RDWR | O_CREAT, 0600), n = 0, m = 0;

    for (int i = 0; i < 12000; i++) {
        struct flock range = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 2L * i, .l_len = 1};

        if (fcntl(fd, F_SETLK, &range) < 0)
            break;
        n++;
    }
    for (int file; m < 900 && (file = open("/tmp/g", O_RDWR | O_CREAT, 0600)) >= 0 && flock(file, LOCK_SH) == 0; m++)
        ;
    while (dup(fd) >= 0)
        ;
    for (int i = 0; i < 30; i++)
        if (fork() == 0) {
            pause();
            _exit(0);
        }
    printf("%d record locks, %d of flock\n", n, m);
    if (n + m > MOST)
        puts("BREACH: more than can be closed in time");
    puts(n == MOST ? "held" : "odd");
    return 0;
}
