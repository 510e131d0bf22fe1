/* SPDX-License-Identifier: MIT */
/* Which files in a dead cell are asked for. */
#ifndef EXRUN_SANDBOX_RUN_ARTIFACTS_FIND_H
#define EXRUN_SANDBOX_RUN_ARTIFACTS_FIND_H

#include "sandbox/run/artifacts.h"

/* Finds the files that @patterns match, sorted, each once, not yet fetched. */
int artifacts_find(int workspace, char *const *patterns, struct artifacts *ret);

#endif
