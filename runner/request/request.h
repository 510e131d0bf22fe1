/* SPDX-License-Identifier: MIT */
/* Reads a request into a job, or finds the member at fault.
 *
 * The text is untrusted. For any input the result is either a job that keeps every promise of
 * sandbox/plan/job_check.h and of the part REQUEST in exrun(1), or an error whose "where" is the
 * JSON pointer of the mistake. plan/job_check.h checks later whether the profile allows the
 * request. */
#ifndef EXRUN_RUNNER_REQUEST_REQUEST_H
#define EXRUN_RUNNER_REQUEST_REQUEST_H

#include "runner/text/error.h"
#include "sandbox/plan/job.h"

enum {
    REQUEST_MOST_BYTES = 72 << 20, /* as PLAN_MOST_BYTES */
    REQUEST_MOST_FILES = JOB_MOST_FILES,
    REQUEST_MOST_ITEMS = JOB_MOST_ITEMS,
    REQUEST_MOST_LABELS = 16,
    REQUEST_MOST_ARTIFACTS = JOB_MOST_ARTIFACTS,
};

/* Checks the form: JSON, known members, types, names, paths, base64. The caller must call
 * job_deinit() even on failure. */
int request_read(const char *text, size_t size, struct job *job, struct error *err);

#endif
