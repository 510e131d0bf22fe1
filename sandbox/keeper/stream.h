/* SPDX-License-Identifier: MIT */
/* Tells the front what happens during a run: WIRE_STARTED and WIRE_CHUNK if it wants a stream, from the start
 * or from some moment on, WIRE_READING and WIRE_TAKEN if stdin is open, and always WIRE_BEAT.
 *
 * If the front does not read for a while, the program waits in its full pipe, and its limits go on. */
#ifndef EXRUN_SANDBOX_KEEPER_STREAM_H
#define EXRUN_SANDBOX_KEEPER_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sandbox/keeper/wire.h"
#include "sandbox/run/watch.h"

/* Of the keeper and its current run; the caller sets the first three, the others are 0 at first. @io: not
 * owned. @has_output: started stages and output are told. @started: of each stage; STAGE_NONE: it was not
 * started yet. @n_taken: bytes that were not told yet. @waits: whether the program waits for input, and
 * @was_told: what the front was told about that. */
struct stream {
    int socket;
    uint32_t generation;
    uint64_t run;
    struct run_io *io;
    bool has_output;
    struct wire_started started[STAGE_RUN + 1];
    size_t n_taken;
    bool waits, was_told;
    uint64_t beat_ns;
};

/* Lets @io tell the stream. Both must exist until the run has ended. @has_output: also the output of the run
 * stage, which then is not kept. */
void stream_open(struct stream *stream, struct run_io *io, bool has_output);

/* From now on, the output is told, too. Begins with what has happened before. */
void stream_add_output(struct stream *stream);

#endif
