/* SPDX-License-Identifier: MIT */
/* Feeds a program's stdin: first from bytes in memory, then from what comes while the program runs, which is
 * read from a descriptor, or arrives as live input. Input is relayed, so that the program never holds the
 * caller's terminal or file itself. Otherwise it could push input into a terminal (TIOCSTI), or seek in a
 * file. */
#ifndef EXRUN_SANDBOX_RUN_FEED_H
#define EXRUN_SANDBOX_RUN_FEED_H

#include <stddef.h>

#include "sandbox/run/live_input.h"

/* The source of the input after the bytes in memory. @fd: -1: none. @live: NULL: none. Borrowed. */
struct feed_source {
    int fd;
    struct live_input *live;
};

/* @pipe: the write end; owned, and closed when all input is written or if the program has closed the other
 * end. @n_live: bytes of live input that were written, or that the program won't read any more, since the
 * caller last set it to 0. @buffer: owned; NULL: all input is in memory. */
struct feed {
    int pipe;
    struct feed_source source;
    const char *bytes;
    size_t size;
    bool is_live; /* @bytes are live input */
    size_t n_live;
    char *buffer;
};

/* Returns 0 or -ENOMEM. */
int feed_init(struct feed *feed, int pipe /* takes */, const struct feed_source *source);
void feed_deinit(struct feed *feed);

/* Sets the first input. */
void feed_begin(struct feed *feed, const char *bytes, size_t size);

/* Takes live input that has arrived. Call it before feed_wants(). */
void feed_take(struct feed *feed);

/* Returns true if all input that there is so far is in the pipe, and more can come. */
bool feed_is_waiting(const struct feed *feed);

/* Stores the descriptors to wait for: the pipe if it must become writable, or the source if it must become
 * readable. A descriptor that need not be waited for is -1. */
void feed_wants(const struct feed *feed, int *ret_write_fd, int *ret_read_fd);

void feed_write(struct feed *feed);
void feed_read(struct feed *feed);

#endif
