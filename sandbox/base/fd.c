/* SPDX-License-Identifier: MIT */
/* Descriptors, by system calls alone. */
#include "sandbox/base/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"

int fd_write_all(int fd, const void *data, size_t size)
{
    const char *at = data;

    while (size > 0) {
        ssize_t written = write(fd, at, size);

        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return -errno;
        at += written;
        size -= (size_t)written;
    }
    return 0;
}

int fd_write_file(int directory, const char *path, const char *text)
{
    _cleanup_(fd_closep) int fd = openat(directory, path, O_WRONLY | O_CLOEXEC);
    size_t size = strlen(text);
    ssize_t written;

    if (fd < 0)
        return -errno;
    do
        written = write(fd, text, size);
    while (written < 0 && errno == EINTR);
    if (written < 0)
        return -errno;
    return (size_t)written == size ? 0 : -EIO;
}

int fd_send(int socket, const struct msghdr *message)
{
    struct rlimit before, raised;
    int r = sendmsg(socket, message, MSG_NOSIGNAL) < 0 ? -errno : 0;

    if (r != -ETOOMANYREFS || getrlimit(RLIMIT_NOFILE, &before) < 0)
        return r;
    raised = (struct rlimit){before.rlim_max, before.rlim_max};
    if (setrlimit(RLIMIT_NOFILE, &raised) < 0)
        return r;
    r = sendmsg(socket, message, MSG_NOSIGNAL) < 0 ? -errno : 0;
    setrlimit(RLIMIT_NOFILE, &before);
    return r;
}

static int pipe_of(int *ret_ours, int *ret_theirs, int ours)
{
    int fds[2];

    if (pipe2(fds, O_CLOEXEC) < 0)
        return -errno;
    if (fcntl(fds[ours], F_SETFL, O_NONBLOCK) < 0) {
        int r = -errno;

        close(fds[0]);
        close(fds[1]);
        return r;
    }
    *ret_ours = fds[ours];
    *ret_theirs = fds[1 - ours];
    return 0;
}

int fd_pipe_to_read(int *ret_ours, int *ret_theirs)
{
    return pipe_of(ret_ours, ret_theirs, 0);
}

int fd_pipe_to_write(int *ret_ours, int *ret_theirs)
{
    return pipe_of(ret_ours, ret_theirs, 1);
}
