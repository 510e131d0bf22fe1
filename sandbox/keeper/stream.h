/* SPDX-License-Identifier: MIT */
/* Passes a run's events on to the front, as they happen: WIRE_STARTED, WIRE_CHUNK.
 *
 * If the front does not read for a while, the program waits in its full pipe, and its limits go on. */
#ifndef EXRUN_SANDBOX_KEEPER_STREAM_H
#define EXRUN_SANDBOX_KEEPER_STREAM_H

#include <stdint.h>

#include "sandbox/run/watch.h"

/* Of the keeper and its current run. */
struct stream {
    int socket;
    uint32_t generation;
    uint64_t run;
};

/* Lets @io pass everything to the stream, which must outlive it, and keep no output of the run stage. */
void stream_open(struct stream *stream, struct run_io *io);

#endif
