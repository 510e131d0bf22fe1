/* SPDX-License-Identifier: MIT */
/* Copies the public struct of a job into the internal one, whose names plan/job_check.c checks. */
#ifndef EXRUN_RUNNER_LIBRARY_JOB_COPY_H
#define EXRUN_RUNNER_LIBRARY_JOB_COPY_H

#include "exrun/exrun.h"
#include "runner/text/error.h"
#include "sandbox/plan/job.h"

/* Converts the internal struct of limits into the public one. Their members are the same, which the
 * compiler checks. */
struct exrun_limits limits_to_public(const struct limits *from);

/* Copies @from. If a value is invalid, fails with EX_DATAERR and the place that it would have in a
 * request. The caller must call job_deinit() even on failure. */
int job_copy(const struct exrun_job *from, struct job *job, struct error *err);

#endif
