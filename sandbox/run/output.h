/* SPDX-License-Identifier: MIT */
/* One output stream: read without blocking, and kept or passed on up to the limit.
 *
 * Both streams of a run share one budget, and bytes that exceed it are not kept. A stream that is passed
 * on is read again when its last piece has been written. So a slow reader blocks the program through the
 * full pipe, as it would without exrun, and never blocks exrun itself. */
#ifndef EXRUN_SANDBOX_RUN_OUTPUT_H
#define EXRUN_SANDBOX_RUN_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The rest of output_bytes, for both streams. */
struct output_budget {
    uint64_t left;
    bool is_exceeded;
};

/* @source: the pipe's read end, not owned. @sink: a descriptor to which output is passed on, not owned;
 * -1: output is kept in @data. @error: the -errno with which the sink, or keeping the output, failed;
 * later output is dropped. */
struct output {
    int source;
    int sink;
    struct output_budget *budget;
    char *data;
    size_t size, room;
    bool is_truncated;
    bool has_ended;
    int error;
    char pending[16384];
    size_t pending_from, pending_size;
};

void output_init(struct output *output, int source, int sink, struct output_budget *budget);
void output_deinit(struct output *output);

/* Reads one piece, unless a piece is pending. Returns false if a piece is pending, or if there is nothing
 * to read for now. */
bool output_read(struct output *output);

/* Writes some of the pending piece. Call it if the sink is writable. */
void output_write(struct output *output);

/* Reads the rest of the output from the pipe, until a piece is pending for the sink. */
void output_drain(struct output *output);

/* Returns true if output could not be kept, so the result would be incomplete. A sink that has failed does
 * not count. */
bool output_is_lost(const struct output *output);

#endif
