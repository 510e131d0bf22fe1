/* SPDX-License-Identifier: MIT */
/* What a program reads on stdin: bytes that are there already, or what comes on a descriptor while it runs.
 * It is relayed, so that a program never holds the caller's terminal or file itself: into a terminal it could
 * push input (TIOCSTI), in a file it could seek. */
#ifndef EXRUN_SANDBOX_RUN_FEED_H
#define EXRUN_SANDBOX_RUN_FEED_H

#include <stddef.h>

/* @pipe: the write end; owned, and closed when all is fed or nobody reads. @source: -1 where @bytes are all
 * there is. */
struct feed {
    int pipe;
    int source;
    const char *bytes;
    size_t size;
    char buffer[16384];
};

void feed_init(struct feed *feed, int pipe /* takes */, int source, const char *bytes, size_t size);
void feed_deinit(struct feed *feed);

/* What to wait for: the pipe to take more, or the source to have more. Either is -1 where it need not be
 * waited for. */
void feed_wants(const struct feed *feed, int *ret_write_fd, int *ret_read_fd);

void feed_write(struct feed *feed);
void feed_read(struct feed *feed);

#endif
