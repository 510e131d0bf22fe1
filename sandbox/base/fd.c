/* SPDX-License-Identifier: MIT */
/* Descriptors, by system calls only. */
#include "sandbox/base/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
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

static int send_one(int socket, const struct msghdr *message)
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

union rights {
    struct cmsghdr align;
    char bytes[CMSG_SPACE(FD_MOST_SENT * sizeof(int))];
};

int fd_send_fds(int socket, const void *data, size_t size, const int *fds, size_t n)
{
    struct iovec part = {.iov_base = (void *)(uintptr_t)data, .iov_len = size};
    struct msghdr header = {.msg_iov = &part, .msg_iovlen = 1};
    union rights rights = {0};
    struct cmsghdr *carrier;

    if (n > FD_MOST_SENT)
        return -EINVAL;
    if (n == 0)
        return send_one(socket, &header);
    header.msg_control = rights.bytes;
    header.msg_controllen = CMSG_SPACE(n * sizeof(int));
    carrier = CMSG_FIRSTHDR(&header);
    carrier->cmsg_level = SOL_SOCKET;
    carrier->cmsg_type = SCM_RIGHTS;
    carrier->cmsg_len = CMSG_LEN(n * sizeof(int));
    memcpy(CMSG_DATA(carrier), fds, n * sizeof(int));
    return send_one(socket, &header);
}

int fd_receive_fds(int socket, void *data, size_t size, int *ret_fds, size_t n)
{
    struct iovec part = {.iov_base = data, .iov_len = size};
    union rights rights = {0};
    struct msghdr header = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = rights.bytes, .msg_controllen = sizeof(rights)};
    struct cmsghdr *carrier;
    int fds[FD_MOST_SENT];
    size_t n_got = 0;
    ssize_t got;

    do
        got = recvmsg(socket, &header, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return -errno;
    carrier = CMSG_FIRSTHDR(&header);
    if (carrier && carrier->cmsg_level == SOL_SOCKET && carrier->cmsg_type == SCM_RIGHTS) {
        n_got = (carrier->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        memcpy(fds, CMSG_DATA(carrier), n_got * sizeof(int));
    }
    if (got == (ssize_t)size && n_got <= n && !(header.msg_flags & (MSG_TRUNC | MSG_CTRUNC))) {
        for (size_t i = 0; i < n; i++)
            ret_fds[i] = i < n_got ? fds[i] : -1;
        return 0;
    }
    for (size_t i = 0; i < n_got; i++)
        close(fds[i]);
    if (got == 0)
        return -EPIPE;
    /* The buffer had room for more, so the process's own table of descriptors is full (recvmsg(2),
     * MSG_CTRUNC). */
    return got == (ssize_t)size && (header.msg_flags & MSG_CTRUNC) && n_got < FD_MOST_SENT ? -EMFILE
                                                                                           : -EBADMSG;
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

int fd_pipe_to_read(int *ret_ours, int *ret_theirs, bool is_large)
{
    int r = pipe_of(ret_ours, ret_theirs, 0);

    if (r == 0 && is_large)
        fcntl(*ret_ours, F_SETPIPE_SZ, LARGE_PIPE_BYTES);
    return r;
}

int fd_pipe_to_write(int *ret_ours, int *ret_theirs)
{
    return pipe_of(ret_ours, ret_theirs, 1);
}
