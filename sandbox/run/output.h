/* SPDX-License-Identifier: MIT */
/* One output stream: read without blocking, and kept or passed on up to the limit.
 *
 * Both streams of a run share one budget, and bytes that exceed it are neither kept nor passed on. A stream
 * that is passed on is read again when its sink has taken the last piece. So a slow reader blocks the program
 * through the full pipe, as it would without exrun, and never blocks exrun itself. */
#ifndef EXRUN_SANDBOX_RUN_OUTPUT_H
#define EXRUN_SANDBOX_RUN_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "sandbox/base/growing.h"

/* The rest of output_bytes, for both streams. */
struct output_budget {
    uint64_t left;
    bool is_exceeded;
};

/* Where a stream is passed on to, as it comes. @pass: takes the first of @size bytes (more than 0) and
 * returns their number; -EAGAIN: none now; any other -errno: none any more. NULL: the stream is not passed
 * on. @fd: is ready for POLLOUT when @pass can take more; -1: @pass takes all that it is given. Not owned.
 * @keeps: the output is kept, too. If a sink that keeps gets its @pass and @fd during the run, the output
 * that was kept before is passed on first. */
struct output_sink {
    ssize_t (*pass)(const struct output_sink *sink, const char *bytes, size_t size);
    void *arg;
    int fd;
    bool keeps;
};

#define OUTPUT_KEPT             \
    {                           \
        .fd = -1, .keeps = true \
    }

/* Returns a sink that writes to @fd, and keeps nothing; if @fd is -1, one that only keeps. */
struct output_sink output_sink_of_fd(int fd);

/* @source: the pipe's read end, not owned. @sink: not owned. @n_passed: bytes of @kept that were passed on.
 * @error: the -errno with which the sink failed. @is_lost: there was not enough memory to keep the output.
 * Later output is dropped. @pending: owned; the piece that was read last; it is passed on from there if it
 * is not kept. */
struct output {
    int source;
    const struct output_sink *sink;
    struct output_budget *budget;
    struct growing kept;
    size_t n_passed;
    bool is_truncated;
    bool has_ended;
    bool is_lost;
    int error;
    char *pending;
    size_t pending_from, pending_size;
};

/* Returns 0 or -ENOMEM. */
int output_init(struct output *output, int source, const struct output_sink *sink,
                struct output_budget *budget);
void output_deinit(struct output *output);

/* Returns how many bytes wait to be passed on. */
size_t output_waiting(const struct output *output);

/* Reads one piece. Returns false if some output waits to be passed on, or if there is nothing to read for
 * now. */
bool output_read(struct output *output);

/* Passes on some of what waits for that. Call it if the sink is ready. */
void output_write(struct output *output);

/* Returns true if all that was written so far was read, and passed on. */
bool output_is_passed(const struct output *output);

/* Reads the rest of the output from the pipe, until some of it waits to be passed on. */
void output_drain(struct output *output);

#endif
