/* SPDX-License-Identifier: MIT */
/* The events of a run whose result is all that is kept. */
#ifndef EXRUN_RUNNER_FRONT_RESTORED_EVENTS_H
#define EXRUN_RUNNER_FRONT_RESTORED_EVENTS_H

#include "runner/front/content.h"
#include "runner/front/run_events.h"

/* Adds all events to @events, which are new, from the result @content: its output, in which the order of the
 * two streams is lost, and the result. The loop does it, so an output of more than 4 MiB is left to the
 * result. Returns 0 or -ENOMEM. */
int restored_events_make(struct run_events *events, struct content *content);

#endif
