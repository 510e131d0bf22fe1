/* SPDX-License-Identifier: MIT */
/* From the public struct of a job to ours, whose names plan/job.c looks at. */
#ifndef EXRUN_RUNNER_LIBRARY_JOB_COPY_H
#define EXRUN_RUNNER_LIBRARY_JOB_COPY_H

#include "exrun/exrun.h"
#include "sandbox/base/error.h"
#include "sandbox/plan/job.h"

/* Copies what @from holds. What is wrong is EX_DATAERR at the place that it would have in a request.
 * job_deinit() in any case. */
int job_copy(const struct exrun_job *from, struct job *job, struct error *err);

#endif
