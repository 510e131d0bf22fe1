/* SPDX-License-Identifier: MIT */
/* One output stream: read without blocking, and kept or passed on up to the limit.
 *
 * Both streams of a run draw on one budget, and the byte that goes over it is not kept. A stream that is
 * passed on is read again when its last piece has been taken: so a slow reader holds the program back by its
 * full pipe, as it would without exrun, and never exrun itself. */
#ifndef EXRUN_SANDBOX_RUN_OUTPUT_H
#define EXRUN_SANDBOX_RUN_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is left of output_bytes, for both streams. */
struct output_budget {
    uint64_t left;
    bool is_exceeded;
};

/* @source: the pipe's read end, not owned. @sink: where it goes as it comes, not owned; -1: it is kept in
 * @data. @error: the sink failed with this -errno; what comes after that is dropped. */
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

/* Reads one piece, where nothing is pending. False where there is nothing more for now. */
bool output_read(struct output *output);

/* Writes some of what is pending; call it when the sink can take some. */
void output_write(struct output *output);

/* Reads what the dead have left in the pipe, as far as the sink takes it. */
void output_drain(struct output *output);

/* Returns true if output could not be kept, and so can't be told; a sink that is gone is another matter. */
bool output_is_lost(const struct output *output);

#endif
