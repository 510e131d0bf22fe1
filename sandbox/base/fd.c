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

static int send_once(int socket, const struct msghdr *message, int flags)
{
    ssize_t sent;

    do
        sent = sendmsg(socket, message, MSG_NOSIGNAL | flags);
    while (sent < 0 && errno == EINTR);
    return sent < 0 ? -errno : 0;
}

static int send_one(int socket, const struct msghdr *message, int flags)
{
    struct rlimit before, raised;
    int r = send_once(socket, message, flags);

    if (r != -ETOOMANYREFS || getrlimit(RLIMIT_NOFILE, &before) < 0)
        return r;
    raised = (struct rlimit){before.rlim_max, before.rlim_max};
    if (setrlimit(RLIMIT_NOFILE, &raised) < 0)
        return r;
    r = send_once(socket, message, flags);
    setrlimit(RLIMIT_NOFILE, &before);
    return r;
}

union rights {
    struct cmsghdr align;
    char bytes[CMSG_SPACE(FD_MOST_SENT * sizeof(int))];
};

int fd_send_packet(int socket, const struct fd_packet *packet)
{
    struct msghdr header = {.msg_iov = packet->parts, .msg_iovlen = packet->n_parts};
    const size_t size = packet->n_fds * sizeof(int);
    union rights rights = {0};
    struct cmsghdr *carrier;

    if (packet->n_fds > FD_MOST_SENT)
        return -EINVAL;
    if (packet->n_fds == 0)
        return send_one(socket, &header, packet->flags);
    header.msg_control = rights.bytes;
    header.msg_controllen = CMSG_SPACE(size);
    carrier = CMSG_FIRSTHDR(&header);
    carrier->cmsg_level = SOL_SOCKET;
    carrier->cmsg_type = SCM_RIGHTS;
    carrier->cmsg_len = CMSG_LEN(size);
    memcpy(CMSG_DATA(carrier), packet->fds, size);
    return send_one(socket, &header, packet->flags);
}

ssize_t fd_receive_packet(int socket, struct fd_packet *packet)
{
    union rights rights = {0};
    struct msghdr header = {.msg_iov = packet->parts,
                            .msg_iovlen = packet->n_parts,
                            .msg_control = rights.bytes,
                            .msg_controllen = sizeof(rights)};
    struct cmsghdr *carrier;
    ssize_t got;

    packet->n_fds = 0;
    do
        got = recvmsg(socket, &header, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return -errno;
    packet->flags = header.msg_flags;
    /* The kernel puts all of a message's descriptors into one control message (unix_detach_fds()). */
    carrier = CMSG_FIRSTHDR(&header);
    if (carrier && carrier->cmsg_level == SOL_SOCKET && carrier->cmsg_type == SCM_RIGHTS) {
        packet->n_fds = (carrier->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        memcpy(packet->fds, CMSG_DATA(carrier), packet->n_fds * sizeof(int));
    }
    return got;
}

void fd_packet_close(struct fd_packet *packet)
{
    for (size_t i = 0; i < packet->n_fds; i++)
        fd_closep(&packet->fds[i]);
    packet->n_fds = 0;
}

int fd_send_fds(int socket, const void *data, size_t size, const int *fds, size_t n)
{
    struct iovec part = {.iov_base = (void *)(uintptr_t)data, .iov_len = size};
    struct fd_packet packet = {.parts = &part, .n_parts = 1, .n_fds = n};

    if (n > FD_MOST_SENT)
        return -EINVAL;
    if (n > 0)
        memcpy(packet.fds, fds, n * sizeof(*fds));
    return fd_send_packet(socket, &packet);
}

int fd_receive_fds(int socket, void *data, size_t size, int *ret_fds, size_t n)
{
    struct iovec part = {.iov_base = data, .iov_len = size};
    struct fd_packet packet = {.parts = &part, .n_parts = 1};
    ssize_t got = fd_receive_packet(socket, &packet);
    bool lacks_room = packet.flags & MSG_CTRUNC && packet.n_fds < FD_MOST_SENT;

    if (got < 0)
        return (int)got;
    if (got == (ssize_t)size && packet.n_fds <= n && !(packet.flags & (MSG_TRUNC | MSG_CTRUNC))) {
        for (size_t i = 0; i < n; i++)
            ret_fds[i] = i < packet.n_fds ? packet.fds[i] : -1;
        return 0;
    }
    fd_packet_close(&packet);
    if (got == 0)
        return -EPIPE;
    /* The buffer had room for more, so the process's own table of descriptors is full (recvmsg(2),
     * MSG_CTRUNC). */
    return got == (ssize_t)size && lacks_room ? -EMFILE : -EBADMSG;
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
