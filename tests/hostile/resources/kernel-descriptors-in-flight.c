// SPDX-License-Identifier: MIT
// tries: parks descriptors in messages that nobody receives
// layer: rlimit-nofile
// source: unix(7), SCM_RIGHTS: ETOOMANYREFS
// expect: ok
// limits: files=64
// breach: BREACH
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
    int file = open("/dev/null", O_RDONLY), ends[2], n = 0;
    char byte = 0;
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int))];
    } rights = {0};
    struct iovec part = {&byte, 1};
    struct msghdr header = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &rights, .msg_controllen = sizeof(rights)};
    struct cmsghdr *carrier = CMSG_FIRSTHDR(&header);

    *carrier = (struct cmsghdr){CMSG_LEN(sizeof(int)), SOL_SOCKET, SCM_RIGHTS};
    memcpy(CMSG_DATA(carrier), &file, sizeof(int));
    while (n < 2000 && errno != ETOOMANYREFS && socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) == 0)
        while (n < 2000 && sendmsg(ends[0], &header, 0) > 0)
            n++;
    printf("%s: %d\n", n <= 80 ? "held" : "BREACH: more are open than it may have", n);
    return 0;
}
