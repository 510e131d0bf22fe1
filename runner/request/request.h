/* SPDX-License-Identifier: MIT */
/* From a request's text to a job, or to the member at fault.
 *
 * The text is a stranger's: whatever it holds, the answer is a job that keeps every promise of
 * sandbox/plan/job_check.h and of INTERFACE.md's part "Request", or an error whose "where" is the JSON
 * pointer of what is wrong. Whether the profile that it names allows what it asks for is not looked at here:
 * plan/job_check.h. */
#ifndef EXRUN_RUNNER_REQUEST_REQUEST_H
#define EXRUN_RUNNER_REQUEST_REQUEST_H

#include "sandbox/base/error.h"
#include "sandbox/plan/job.h"

enum {
    REQUEST_MOST_BYTES = 96 << 20,
    REQUEST_MOST_FILES = 4096,
    REQUEST_MOST_ITEMS = 1024,
    REQUEST_MOST_LABELS = 16,
    REQUEST_MOST_ARTIFACTS = 64,
};

/* Shape: JSON, known members, types, names, paths, base64. job_deinit() in any case. */
int request_read(const char *text, size_t size, struct job *job, struct error *err);

#endif
