// SPDX-License-Identifier: MIT
// tries: locks files that are the host's, or shared by all processes of the machine: each close of them walks the locks
// layer: policy-locks
// source: fcntl(2), F_RDLCK needs no right to write; fs/locks.c, locks_remove_posix(); fs/anon_inodes.c: one inode for all
// expect: ok
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { OFD_SETLK = 37, OFD_SETLKW = 38 };

static void lock(const char *what, int fd)
{
    static const int commands[] = {F_SETLK, F_SETLKW, OFD_SETLK, OFD_SETLKW};
    static const int operations[] = {LOCK_SH, LOCK_EX, LOCK_SH | LOCK_NB, LOCK_EX | LOCK_NB};

    if (fd < 0) {
        printf("%s is not there\n", what);
        return;
    }
    for (int i = 0; i < 4; i++) {
        struct flock range = {.l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = i, .l_len = 1};

        if (fcntl(fd, commands[i], &range) == 0 || errno != (i < 2 ? ENOLCK : EINVAL))
            printf("BREACH: %s, fcntl %d\n", what, commands[i]);
        if (flock(fd, operations[i]) == 0 || errno != ENOLCK)
            printf("BREACH: %s, flock %d\n", what, operations[i]);
        flock(fd, LOCK_UN);
    }
}

int main(void)
{
    sigset_t signals;

    setvbuf(stdout, NULL, _IONBF, 0);
    sigemptyset(&signals);
    lock("a lent file", open("/usr/bin/env", O_RDONLY));
    lock("a lent folder", open("/usr/bin", O_RDONLY | O_DIRECTORY));
    lock("eventfd", eventfd(0, 0));
    lock("epoll", epoll_create1(0));
    lock("timerfd", timerfd_create(CLOCK_MONOTONIC, 0));
    lock("signalfd", signalfd(-1, &signals, 0));
    lock("pidfd", (int)syscall(SYS_pidfd_open, getpid(), 0));
    lock("the user namespace", open("/proc/self/ns/user", O_RDONLY));
    lock("the time namespace", open("/proc/self/ns/time", O_RDONLY));
    lock("/dev/null", open("/dev/null", O_RDWR));
    lock("/dev/urandom", open("/dev/urandom", O_RDONLY));
    lock("/proc", open("/proc/self/status", O_RDONLY));
    lock("the root", open("/", O_RDONLY | O_DIRECTORY));
    puts("held");
    return 0;
}
