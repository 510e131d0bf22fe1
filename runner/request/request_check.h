/* SPDX-License-Identifier: MIT */
/* Checks a request against its language. plan/job_check.h refuses unsafe values; this refuses
 * useless ones. */
#ifndef EXRUN_RUNNER_REQUEST_REQUEST_CHECK_H
#define EXRUN_RUNNER_REQUEST_REQUEST_CHECK_H

#include "runner/language/language.h"
#include "runner/text/error.h"
#include "sandbox/plan/job.h"

/* Refuses limits that are too low for the language to start. Returns 0, or -EINVAL with the limit's
 * pointer. */
int request_check(const struct job *job, const struct language *language, struct error *err);

#endif
