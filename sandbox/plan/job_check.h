/* SPDX-License-Identifier: MIT */
/* Checking a job against its profile. */
#ifndef EXRUN_SANDBOX_PLAN_JOB_CHECK_H
#define EXRUN_SANDBOX_PLAN_JOB_CHECK_H

#include "sandbox/base/fault.h"
#include "sandbox/plan/job.h"
#include "sandbox/plan/profile.h"

/* Limit on arguments and variables together, because they cost memory before the program runs. */
enum { JOB_MOST_ARGUMENT_BYTES = 512 << 10 };

/* Checks whether the profile allows everything that the job requests. Parses no text. The reader of a request
 * calls it to refuse early. The planner of a job that came from another process calls it too, because that
 * process might have been taken over.
 *
 * Checks limits, names, variables, the size of arguments, and that files fit and do not collide. Returns 0,
 * -EINVAL with a FAULT_JOB_ kind, or -ENOMEM. */
int job_check(const struct job *job, const struct profile *profile, struct fault *fault);

#endif
