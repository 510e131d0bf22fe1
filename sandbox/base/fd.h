/* SPDX-License-Identifier: MIT */
/* Descriptors: system calls only, so that what runs between clone and exec may use it. All return 0 or
 * -errno. */
#ifndef EXRUN_SANDBOX_BASE_FD_H
#define EXRUN_SANDBOX_BASE_FD_H

#include <stddef.h>
#include <sys/socket.h>

/* Writes every byte; interrupted and short writes go on. */
int fd_write_all(int fd, const void *data, size_t size);

/* Writes @text to the existing file @path below @directory in one write, as kernel files want it. No
 * allocation. */
int fd_write_file(int directory, const char *path, const char *text);

/* Sends @message over a packet socket, with the descriptors that it holds; no SIGPIPE. How many a user may
 * have in messages on their way is bounded by the soft limit of open files of who sends (unix(7)), and others
 * of the same user count: where they are in the way, the hard limit is taken for that moment. Allocates
 * nothing. -ETOOMANYREFS where that is too low as well. */
int fd_send(int socket, const struct msghdr *message);

/* A pipe, both ends close-on-exec; the end that is kept by us is made not to block. */
int fd_pipe_to_read(int *ret_ours, int *ret_theirs);
int fd_pipe_to_write(int *ret_ours, int *ret_theirs);

#endif
