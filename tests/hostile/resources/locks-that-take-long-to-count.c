// SPDX-License-Identifier: MIT
// tries: keeps exrun busy with counting its locks, so that no limit ends the run
// layer: policy-locks
// source: proc_pid_fdinfo(5): of an epoll descriptor it has a line for each entry
// expect: ok|cpu_timeout
// limits: cpu=2s wall=20s
// breach: BREACH
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

int main(void)
{
    int poller = epoll_create1(0), file = open("/tmp/f", O_RDWR | O_CREAT, 0600);
    struct epoll_event event = {0};

    for (int round = 0; round < 20; round++) {
        int events = eventfd(0, 0);

        for (int fd = 100; fd < 1000; fd++)
            if (dup2(events, fd) >= 0) {
                epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event);
                close(fd);
            }
    }
    while (dup(poller) >= 0)
        ;
    for (int i = 0; i < 3000; i++) {
        flock(file, LOCK_SH);
        flock(file, LOCK_UN);
    }
    puts("held");
    return 0;
}
