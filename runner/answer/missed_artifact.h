/* SPDX-License-Identifier: MIT */
/* The reason why a requested file is not in the answer. */
#ifndef EXRUN_RUNNER_ANSWER_MISSED_ARTIFACT_H
#define EXRUN_RUNNER_ANSWER_MISSED_ARTIFACT_H

#include "sandbox/run/artifacts.h"

/* Returns the reason in words that follow the file's path, or NULL if the file is in the answer. */
const char *missed_artifact(const struct artifact *artifact);

#endif
