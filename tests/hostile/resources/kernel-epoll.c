// SPDX-License-Identifier: MIT
// tries: fills the kernel with epoll instances that watch each other's files
// layer: rlimit-nofile
// source: epoll(7)
// expect: ok
// limits: files=64
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <unistd.h>

int main(void)
{
    int n = 0, first = -1;

    for (;; n++) {
        struct epoll_event event = {.events = EPOLLIN};
        int fd = epoll_create1(0);

        if (fd < 0)
            break;
        first = first < 0 ? fd : first;
        epoll_ctl(first, EPOLL_CTL_ADD, fd, &event);
    }
    puts(errno == EMFILE && n <= 64 ? "held" : "BREACH: more than it may open");
    return 0;
}
