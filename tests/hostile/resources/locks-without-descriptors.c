// SPDX-License-Identifier: MIT
// tries: holds more locks than are counted: in mappings, in a poll(2), in a message that waits, in a socket's queue
// layer: policy-locks
// source: flock(2): a lock lives as long as the open file, which needs no descriptor
// expect: ok
// limits: cpu=20s wall=40s
// breach: BREACH
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MANY = 700, TOGETHER = 200 };

static struct pollfd polled[MANY / TOGETHER + 1][TOGETHER];
static int in_message[TOGETHER], pair[2];

static int lock(const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT, 0600);

    return fd >= 0 && flock(fd, LOCK_SH) == 0 ? fd : -1;
}

static int by_mapping(void)
{
    int n = 0;

    for (int fd; n < MANY && (fd = lock("/tmp/file")) >= 0; n++) {
        if (ftruncate(fd, 4096) < 0 || mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0) == MAP_FAILED)
            break;
        close(fd);
    }
    return n;
}

static void *wait_for_ever(void *arg)
{
    poll(arg, TOGETHER, -1);
    return arg;
}

static int by_poll(void)
{
    int n = 0;

    mkfifo("/tmp/fifo", 0600);
    for (int round = 0; n < MANY; round++) {
        pthread_t thread;

        for (int i = 0; i < TOGETHER; i++, n++) {
            int fd = lock("/tmp/fifo");

            if (fd < 0)
                return n;
            polled[round][i] = (struct pollfd){.fd = fd, .events = POLLPRI};
        }
        if (pthread_create(&thread, NULL, wait_for_ever, polled[round]) != 0)
            return n;
        usleep(20000);
        for (int i = 0; i < TOGETHER; i++)
            close(polled[round][i].fd);
    }
    return n;
}

static void *send_files(void *arg)
{
    char room[CMSG_SPACE(sizeof(in_message))] = {0}, byte = 0;
    struct iovec part = {&byte, 1};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof(room)};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);

    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(in_message));
    memcpy(CMSG_DATA(header), in_message, sizeof(in_message));
    sendmsg(pair[0], &message, 0);
    return arg;
}

/* @is_full: the messages wait to be sent; else they are in the queue, and the socket's own descriptor is closed. */
static int by_message(int is_full)
{
    static const char bytes[4096];
    int n = 0;

    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0)
        return -1;
    if (is_full)
        while (send(pair[0], bytes, sizeof(bytes), MSG_DONTWAIT) > 0)
            ;
    while (n < MANY) {
        pthread_t thread;

        for (int i = 0; i < TOGETHER; i++, n++)
            if ((in_message[i] = lock("/tmp/file")) < 0)
                return n;
        if (pthread_create(&thread, NULL, send_files, NULL) != 0)
            return n;
        usleep(20000);
        for (int i = 0; i < TOGETHER; i++)
            close(in_message[i]);
    }
    return n;
}

/* Each in a process of its own, which takes its locks along when it ends. */
int main(void)
{
    static const char *const ways[] = {"mappings", "a poll", "messages that wait", "a socket"};

    for (int way = 0; way < 4; way++) {
        int n = 0, ends[2];

        if (pipe(ends) < 0)
            return 1;
        if (fork() == 0) {
            n = way == 0 ? by_mapping() : way == 1 ? by_poll() : by_message(way == 2);
            _exit(write(ends[1], &n, sizeof(n)) != sizeof(n));
        }
        if (read(ends[0], &n, sizeof(n)) != sizeof(n))
            return 1;
        wait(NULL);
        printf("%d in %s\n", n, ways[way]);
        if (n > 600)
            printf("BREACH: %d locks in %s\n", n, ways[way]);
    }
    puts("held");
    return 0;
}
