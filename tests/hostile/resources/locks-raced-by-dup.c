// SPDX-License-Identifier: MIT
// tries: puts a lent file behind a descriptor between the look at it and the lock
// layer: policy-locks
// source: seccomp_unotify(2): what is decided by a descriptor can be raced by dup2(2)
// expect: ok|denied
// limits: cpu=20s wall=40s
// breach: BREACH
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static int own, lent, target;
static atomic_int ends;

static void *change(void *arg)
{
    while (!ends) {
        dup2(own, target);
        dup2(lent, target);
    }
    return arg;
}

/* As another process sees them: the locks of the first that stand in the way of a lock of its own. */
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

/* Each change back closes the lent file, and a close drops all of the process's locks on it. */
int main(void)
{
    pthread_t other;
    int status;

    own = open("/tmp/own", O_RDWR | O_CREAT, 0600);
    lent = open("/usr/bin/env", O_RDONLY);
    target = dup(own);
    pthread_create(&other, NULL, change, NULL);
    for (int i = 0; i < 3000; i++) {
        struct flock range = {.l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = 2L * i, .l_len = 1};

        fcntl(target, F_SETLK, &range);
    }
    ends = 1;
    pthread_join(other, NULL);
    if (fork() == 0)
        _exit(count());
    wait(&status);
    if (WEXITSTATUS(status) > 1)
        printf("BREACH: %d locks on a lent file\n", WEXITSTATUS(status));
    puts("held");
    return 0;
}
