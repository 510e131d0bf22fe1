/* SPDX-License-Identifier: MIT */
/* From the public struct of a job to ours, whose names plan/job_check.c looks at. */
#ifndef EXRUN_RUNNER_LIBRARY_JOB_COPY_H
#define EXRUN_RUNNER_LIBRARY_JOB_COPY_H

#include "exrun/exrun.h"
#include "sandbox/base/error.h"
#include "sandbox/plan/job.h"

/* The limits of the public struct as ours, and back: member by member the same, which the compiler checks. */
struct limits limits_of_public(const struct exrun_limits *from);
struct exrun_limits limits_to_public(const struct limits *from);

/* Copies what @from holds. What is wrong is EX_DATAERR at the place that it would have in a request.
 * job_deinit() in any case. */
int job_copy(const struct exrun_job *from, struct job *job, struct error *err);

#endif
