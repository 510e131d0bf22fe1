/* SPDX-License-Identifier: MIT */
/* A program's stdin, and its wall time, which stands still while the program waits for live input. */
#ifndef EXRUN_SANDBOX_RUN_INTERACT_H
#define EXRUN_SANDBOX_RUN_INTERACT_H

#include "sandbox/cell/cell.h"
#include "sandbox/run/feed.h"
#include "sandbox/run/reading.h"
#include "sandbox/run/run_listener.h"
#include "sandbox/run/wall_clock.h"

/* Without live input, the wall time never stands still. */
struct interact {
    struct feed feed;
    struct reading reading;
    struct wall_clock wall;
    const struct run_listener *listener;
};

#define INTERACT_NONE(to)                                                                        \
    {                                                                                            \
        .feed = {.pipe = -1}, .reading = READING_NONE, .wall = WALL_CLOCK_NONE, .listener = (to) \
    }

/* The descriptors to wait for; -1: none. */
struct interact_fds {
    int pipe, source, look, wall;
};

/* Begins, for a cell whose program has just started, with the input of @stage. Takes @cell->input. Returns 0
 * or -errno. The caller calls interact_close() even on failure. */
int interact_open(struct interact *interact, struct cell *cell, const struct plan_stage *stage,
                  const struct feed_source *source);

/* Takes the live input that has arrived, and stores what to wait for. Returns 0 or -errno. */
int interact_wants(struct interact *interact, struct interact_fds *ret);

/* Handle the events of these descriptors. @is_told: all that the program has written so far was passed on, so
 * that a question comes before its answer is asked for. Return 0 or -errno. */
int interact_on_pipe(struct interact *interact);
void interact_on_source(struct interact *interact);
int interact_on_look(struct interact *interact, bool is_told);

/* The program has written something, so it does not wait. Returns 0 or -errno. */
int interact_on_output(struct interact *interact);

/* Returns the wall time that the program has used when it ended, in microseconds. */
uint64_t interact_end(struct interact *interact, uint64_t ended_ns);

void interact_close(struct interact *interact);

#endif
