/* SPDX-License-Identifier: MIT */
/* Describes the faults of a job, which point at a member of its request. Only for faults.c. */
#ifndef EXRUN_RUNNER_ANSWER_FAULTS_JOB_H
#define EXRUN_RUNNER_ANSWER_FAULTS_JOB_H

#include <stdbool.h>

#include "runner/answer/faults.h"

/* A fault that is being described. */
struct telling {
    const struct fault *fault;
    const struct fault_context *context;
    struct error *err;
};

/* Describes the fault if it belongs to a job. Returns false if it does not. */
bool fault_tell_job(const struct telling *telling);

#endif
