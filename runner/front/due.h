/* SPDX-License-Identifier: MIT */
/* Timers that go off at a time of CLOCK_MONOTONIC. */
#ifndef EXRUN_RUNNER_FRONT_DUE_H
#define EXRUN_RUNNER_FRONT_DUE_H

#include <event2/event.h>
#include <stdint.h>

/* Sets the timer to @at_ns, or stops it if that is UINT64_MAX. If the time is past, the timer goes off in the
 * next round of the loop. */
void due_set(struct event *timer, uint64_t at_ns);

#endif
