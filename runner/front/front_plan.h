/* SPDX-License-Identifier: MIT */
/* Plans a run for the profiles that are in force. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_PLAN_H
#define EXRUN_RUNNER_FRONT_FRONT_PLAN_H

#include <stdint.h>

#include "runner/text/error.h"
#include "sandbox/base/fault.h"

struct front;
struct front_run;

/* Makes the plan of a job that was read. A run that was planned for other profiles before, and has no keeper,
 * is planned again. Returns 0, or -errno with the reason in @err; then the run has no plan. */
int front_plan(struct front *front, struct front_run *run, struct error *err);

/* Returns the most memory that the run's cell can use: the larger limit of its stages, one of which follows
 * the other. */
uint64_t front_plan_cell_bytes(const struct front_run *run);

/* Describes the fault of a profile whose cell could not be made ahead. */
void front_plan_tell_make(const struct front *front, unsigned int profile, const struct fault *fault,
                          struct error *err);

/* Describes a fault with everything that is known of the run. Returns its -errno. */
int front_plan_tell(const struct front *front, const struct front_run *run, const struct fault *fault,
                    struct error *err);

/* Sets how much of the front's memory the run can need, by its plan, and whether its events are kept. If it
 * has a keeper, the old amount is reserved, and the caller reserves the difference. */
void front_plan_memory(struct front_run *run);

#endif
