/* SPDX-License-Identifier: MIT */
/* Describes the faults of exrun's own places: the runtime directory and the sockets. Only for faults.c. */
#ifndef EXRUN_RUNNER_ANSWER_FAULTS_PLACE_H
#define EXRUN_RUNNER_ANSWER_FAULTS_PLACE_H

#include "runner/answer/faults_job.h"

void fault_tell_lease(const struct telling *telling);
void fault_tell_listener(const struct telling *telling);

#endif
