/* SPDX-License-Identifier: MIT */
/* From a request's text to a job, or to the member at fault.
 *
 * The text is a stranger's: whatever it holds, the answer is a job that keeps every promise of
 * sandbox/plan/job.h and of INTERFACE.md's part "Request", or an error whose "where" is the JSON pointer of
 * what is wrong. In two parts, since the second needs the profile that the first names. */
#ifndef EXRUN_RUNNER_REQUEST_REQUEST_H
#define EXRUN_RUNNER_REQUEST_REQUEST_H

#include "sandbox/base/error.h"
#include "sandbox/plan/job.h"
#include "sandbox/plan/profile.h"

enum {
    REQUEST_MOST_BYTES = 96 << 20,
    REQUEST_MOST_FILES = 4096,
    REQUEST_MOST_ITEMS = 1024,
    REQUEST_MOST_LABELS = 16,
    REQUEST_MOST_ARTIFACTS = 64,
};

/* Shape: JSON, known members, types, names, paths, base64. job_deinit() in any case. */
int request_read(const char *text, size_t size, struct job *job, struct error *err);

/* Measure: does the profile allow what @job asks for? Limits, names of variables, files that fit. */
int request_check(const struct job *job, const struct profile *profile, struct error *err);

#endif
