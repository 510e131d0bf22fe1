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

/* @runs: whose programs wait, those that have waited longest first. @due: when stdin of one of them is
 * closed. */
struct front_standing {
    TAILQ_HEAD(front_standing_runs, front_run) runs;
    struct event *due;
};

/* A part of each run. @is_on: its program waits. @since_ns: since when; a program that a signal has woken,
 * and that has got nothing since then, has waited all the time, so that it can't wait for ever. @n_taken: the
 * input that it had then. @goes_on: its wall time does not stand still any more. */
struct front_wait {
    bool is_on, goes_on;
    uint64_t since_ns, n_taken;
};

/* Returns 0 or -ENOMEM. */
int front_standing_open(struct front *front);
void front_standing_close(struct front *front);

/* The program of @run waits now. Other runs can end here, because their keepers are gone. */
void front_standing_begin(struct front *front, struct front_run *run);

/* The configuration is another one: its time until stdin is closed counts for those that wait now, its number
 * of runs from the next one on. */
void front_standing_renew(struct front *front);

/* It waits no more. Does nothing if it did not. */
void front_standing_end(struct front *front, struct front_run *run);

#endif
