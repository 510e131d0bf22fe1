/* SPDX-License-Identifier: MIT */
/* Descriptors: system calls only, so that code between clone and exec may use them. All functions return 0 or
 * -errno. */
#ifndef EXRUN_SANDBOX_BASE_FD_H
#define EXRUN_SANDBOX_BASE_FD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <sys/uio.h>

enum { FD_MOST_SENT = 8, LARGE_PIPE_BYTES = 1 << 20 };

/* Writes every byte. Continues after interrupted and short writes. */
int fd_write_all(int fd, const void *data, size_t size);

/* Writes @text to the existing file @path below @directory in one write, because kernel files require that.
 * Returns -EIO if the write was short. Allocates nothing. */
int fd_write_file(int directory, const char *path, const char *text);

/* One message of a packet socket, with descriptors. @parts: its bytes, or room for them; borrowed. @flags: of
 * sendmsg(2), or those that recvmsg(2) stored. */
struct fd_packet {
    struct iovec *parts;
    size_t n_parts;
    int fds[FD_MOST_SENT];
    size_t n_fds;
    int flags;
};

/* Sends and receives one message, as fd_send_fds() and fd_receive_fds() do, but checks nothing of what came:
 * a message can be longer than the parts (MSG_TRUNC), or have more descriptors than there is room for
 * (MSG_CTRUNC). Returns 0, or the number of bytes that were received; -errno. The caller owns the descriptors
 * that were received. */
int fd_send_packet(int socket, const struct fd_packet *packet);
ssize_t fd_receive_packet(int socket, struct fd_packet *packet);
void fd_packet_close(struct fd_packet *packet);

/* Sends @data over a packet socket as one message, with @n of @fds (at most FD_MOST_SENT), without SIGPIPE.
 * The kernel caps a user's in-flight descriptors at the sender's soft RLIMIT_NOFILE and counts those of the
 * user's other processes (unix(7)). If that cap is reached, the limit is raised to the hard limit for this
 * one send. Returns -ETOOMANYREFS if that is too low as well. Allocates nothing. */
int fd_send_fds(int socket, const void *data, size_t size, const int *fds, size_t n);

/* Receives one message of exactly @size bytes, and at most @n descriptors. They are close-on-exec and owned
 * by the caller; the rest of @ret_fds is -1. Returns -EPIPE at the end, -EMFILE if this process can't have
 * more descriptors (the message is lost), -EBADMSG for any other message. Allocates nothing. */
int fd_receive_fds(int socket, void *data, size_t size, int *ret_fds, size_t n);

/* Opens a pipe, both ends close-on-exec. The end that this process keeps does not block. @is_large: the
 * pipe is as large as the kernel lets it be, up to LARGE_PIPE_BYTES. */
int fd_pipe_to_read(int *ret_ours, int *ret_theirs, bool is_large);
int fd_pipe_to_write(int *ret_ours, int *ret_theirs);

#endif
