/* SPDX-License-Identifier: MIT */
/* Describes the faults of interpreters that are started ahead. Only for faults.c. */
#ifndef EXRUN_RUNNER_ANSWER_FAULTS_WARM_H
#define EXRUN_RUNNER_ANSWER_FAULTS_WARM_H

#include "runner/answer/faults_job.h"

void fault_tell_point(const struct telling *telling);
void fault_tell_gone(const struct telling *telling);
void fault_tell_unequal(const struct telling *telling);

#endif
