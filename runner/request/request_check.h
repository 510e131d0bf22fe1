/* SPDX-License-Identifier: MIT */
/* What a request asks for, against its language. What is unsafe is refused by plan/job_check.h; here is what
 * would be of no use. */
#ifndef EXRUN_RUNNER_REQUEST_REQUEST_CHECK_H
#define EXRUN_RUNNER_REQUEST_REQUEST_CHECK_H

#include "runner/language/language.h"
#include "sandbox/base/error.h"
#include "sandbox/plan/job.h"

/* Refuses limits with which the language does not start. Returns 0, or -EINVAL with the limit's pointer. */
int request_check(const struct job *job, const struct language *language, struct error *err);

#endif
