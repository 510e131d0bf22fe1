/* SPDX-License-Identifier: MIT */
/* Finds the requested files in a dead cell. */
#ifndef EXRUN_SANDBOX_RUN_ARTIFACTS_FIND_H
#define EXRUN_SANDBOX_RUN_ARTIFACTS_FIND_H

#include "sandbox/run/artifacts.h"

/* Finds the files that match @patterns, sorted and each listed once. Does not read their content. Returns
 * 0 or -errno. The caller must call artifacts_deinit() even on failure. */
int artifacts_find(int workspace, char *const *patterns, struct artifacts *ret);

#endif
