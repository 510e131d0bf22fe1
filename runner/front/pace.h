/* SPDX-License-Identifier: MIT */
/* The pace of the service: how long runs take, and how long a refused client should wait (Retry-After). */
#ifndef EXRUN_RUNNER_FRONT_PACE_H
#define EXRUN_RUNNER_FRONT_PACE_H

#include <stddef.h>

enum { PACE_LONGEST_WAIT_S = 300 };

/* @run_s: moving average of the seconds for which a run holds its keeper; 0: no run has ended yet. Starts as
 * {0}. */
struct pace {
    double run_s;
};

/* Notes that a run held its keeper for @seconds. */
void pace_note(struct pace *pace, double seconds);

/* Returns after how many seconds a new run could start if @waiting runs wait and @running may run at the same
 * time: 1 to PACE_LONGEST_WAIT_S, and 1 if no run has ended yet. */
unsigned int pace_retry_after_s(const struct pace *pace, size_t waiting, size_t running);

#endif
