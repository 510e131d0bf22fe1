/* SPDX-License-Identifier: MIT */
/* May a job do what it asks for? */
#ifndef EXRUN_SANDBOX_PLAN_JOB_CHECK_H
#define EXRUN_SANDBOX_PLAN_JOB_CHECK_H

#include "sandbox/base/fault.h"
#include "sandbox/plan/job.h"
#include "sandbox/plan/profile.h"

/* Arguments and variables together: what a program is given costs memory before it runs. */
enum { JOB_MOST_ARGUMENT_BYTES = 512 << 10 };

/* The measure of a job: does its profile allow what it asks for? No text is parsed here. The reader of a
 * request calls it to refuse early, and whoever plans a job that came from another process, because that
 * process may have been taken over.
 *
 * Checks limits, names, files that fit and do not collide, variables and the size of arguments. Returns 0;
 * -EINVAL with a FAULT_JOB_ kind; -ENOMEM. */
int job_check(const struct job *job, const struct profile *profile, struct fault *fault);

#endif
