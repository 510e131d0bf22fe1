/* SPDX-License-Identifier: MIT */
/* Descriptors: whole reads and writes, and kernel files that hold a number. All return 0 or -errno. */
#ifndef EXRUN_SANDBOX_BASE_FD_H
#define EXRUN_SANDBOX_BASE_FD_H

#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/stat.h>

/* Writes every byte; interrupted and short writes go on. */
int fd_write_all(int fd, const void *data, size_t size);

/* Reads to the end into a fresh buffer that ends in a NUL (not counted in *ret_size) and is the caller's to
 * free. -EFBIG where more than @most bytes come. */
int fd_read_all(int fd, size_t most, char **ret_data, size_t *ret_size);

/* The same of the file @path below @directory. */
int fd_read_file(int directory, const char *path, size_t most, char **ret_data, size_t *ret_size);

/* Writes @text to the existing file @path below @directory in one write, as kernel files want it. No
 * allocation. */
int fd_write_file(int directory, const char *path, const char *text);

/* The same with a decimal number. */
int fd_write_number(int directory, const char *path, uint64_t number);

/* The decimal number at the start of the open kernel file @fd; "max" is UINT64_MAX. Reads from offset 0. */
int fd_read_number(int fd, uint64_t *ret_number);

/* The number behind "@name " at the start of a line of the open kernel file @fd; -ENODATA where there is
 * none. */
int fd_read_field(int fd, const char *name, uint64_t *ret_number);

/* When its content last changed, in milliseconds since 1970. */
uint64_t fd_changed_ms(const struct stat *st);

/* Sends @message over a packet socket, with the descriptors that it holds; no SIGPIPE. How many a user may
 * have in messages on their way is bounded by the soft limit of open files of who sends (unix(7)), and others
 * of the same user count: where they are in the way, the hard limit is taken for that moment. Allocates
 * nothing. -ETOOMANYREFS where that is too low as well. */
int fd_send(int socket, const struct msghdr *message);

/* A pipe, both ends close-on-exec; the end that is kept by us is made not to block. */
int fd_pipe_to_read(int *ret_ours, int *ret_theirs);
int fd_pipe_to_write(int *ret_ours, int *ret_theirs);

#endif
