/* SPDX-License-Identifier: MIT */
/* Feeds a program's stdin from bytes in memory, and from a descriptor that is read while the program runs.
 * The input is relayed, so that the program never holds the caller's terminal or file itself. Otherwise it
 * could push input into a terminal (TIOCSTI), or seek in a file. */
#ifndef EXRUN_SANDBOX_RUN_FEED_H
#define EXRUN_SANDBOX_RUN_FEED_H

#include <stddef.h>

/* @pipe: the write end; owned, and closed when all input is written or if the program has closed the other
 * end. @source: -1 if @bytes are the only input. */
struct feed {
    int pipe;
    int source;
    const char *bytes;
    size_t size;
    char buffer[16384];
};

void feed_init(struct feed *feed, int pipe /* takes */, int source, const char *bytes, size_t size);
void feed_deinit(struct feed *feed);

/* Stores the descriptors to wait for: the pipe if it must become writable, or the source if it must become
 * readable. A descriptor that need not be waited for is -1. */
void feed_wants(const struct feed *feed, int *ret_write_fd, int *ret_read_fd);

void feed_write(struct feed *feed);
void feed_read(struct feed *feed);

#endif
