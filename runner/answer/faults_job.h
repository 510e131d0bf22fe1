/* SPDX-License-Identifier: MIT */
/* The faults of a job, which point at a member of its request. For faults.c alone. */
#ifndef EXRUN_RUNNER_ANSWER_FAULTS_JOB_H
#define EXRUN_RUNNER_ANSWER_FAULTS_JOB_H

#include <stdbool.h>

#include "runner/answer/faults.h"

/* One fault that is being told. */
struct telling {
    const struct fault *fault;
    const struct fault_context *context;
    struct error *err;
};

/* Writes what the fault means, if it is one of a job. Returns false if it is not. */
bool fault_tell_job(const struct telling *telling);

#endif
