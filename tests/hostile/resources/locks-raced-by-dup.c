// SPDX-License-Identifier: MIT
// tries: puts a lent file behind a descriptor between the look at it and the lock, and never closes it
// layer: policy-locks
// source: seccomp_unotify(2): what is decided by a descriptor can be raced by dup2(2)
// expect: denied fcntl|ok
// limits: cpu=20s wall=40s
// breach: BREACH
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TRIES = 900, FEW = 16 };

static int own, lent;
static atomic_int target, turn, done, delay;

static void *change(void *arg)
{
    for (int i = 1; i <= TRIES; i++) {
        while (turn != i)
            ;
        for (volatile int n = 0; n < delay; n++)
            ;
        dup2(lent, target);
        done = i;
    }
    return arg;
}

/* As another process sees them: the locks that stand in the way of one of its own. */
static int count(void)
{
    int n = 0;

    for (struct flock range = {.l_type = F_WRLCK, .l_whence = SEEK_SET};; range.l_type = F_WRLCK, range.l_len = 0) {
        if (fcntl(lent, F_GETLK, &range) < 0 || range.l_type == F_UNLCK)
            return n;
        n++;
        range.l_start += range.l_len;
    }
}

int main(void)
{
    int ends[2], n = 0;
    pthread_t other;

    own = open("/tmp/own", O_RDWR | O_CREAT, 0600);
    lent = open("/usr/bin/env", O_RDONLY);
    delay = 3000;
    pthread_create(&other, NULL, change, NULL);
    for (int i = 1; i <= TRIES; i++) {
        struct flock range = {.l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = 2L * i, .l_len = 1};

        target = dup2(own, 100 + i);
        turn = i;
        delay = fcntl(target, F_SETLK, &range) == 0 ? delay - delay / 16 : delay + delay / 16 + 20;
        while (done != i)
            ;
    }
    if (pipe(ends) < 0)
        return 1;
    if (fork() == 0) {
        n = count();
        _exit(write(ends[1], &n, sizeof(n)) != sizeof(n));
    }
    if (read(ends[0], &n, sizeof(n)) != sizeof(n))
        return 1;
    if (n > FEW)
        printf("BREACH: %d locks on a lent file\n", n);
    puts("held");
    return 0;
}
