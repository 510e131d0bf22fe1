/* SPDX-License-Identifier: MIT */
/* The runs whose program waits for input, so that their wall time stands still.
 *
 * Each of them holds a keeper, so that is bounded: by time, after which stdin is closed, and by number,
 * beyond which the time of the run that has waited longest goes on. Of one client, it stands still for one
 * run. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_STANDING_H
#define EXRUN_RUNNER_FRONT_FRONT_STANDING_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/queue.h>

struct event;
struct front;
struct front_run;

/* @runs: whose programs wait, the longest first. @due: when stdin of one of them is closed. */
struct front_standing {
    TAILQ_HEAD(front_standing_runs, front_run) runs;
    struct event *due;
};

/* A part of each run. @since_ns: since when its program waits; 0: it does not. @goes_on: its wall time does
 * not stand still any more. */
struct front_wait {
    uint64_t since_ns;
    bool goes_on;
};

/* Returns 0 or -ENOMEM. */
int front_standing_open(struct front *front);
void front_standing_close(struct front *front);

/* The program of @run waits now. Other runs can end here, because their keepers are gone. */
void front_standing_begin(struct front *front, struct front_run *run);

/* It waits no more. Does nothing if it did not. */
void front_standing_end(struct front *front, struct front_run *run);

#endif
