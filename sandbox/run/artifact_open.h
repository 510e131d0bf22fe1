/* SPDX-License-Identifier: MIT */
/* Opens files that a program left, without trusting their paths. */
#ifndef EXRUN_SANDBOX_RUN_ARTIFACT_OPEN_H
#define EXRUN_SANDBOX_RUN_ARTIFACT_OPEN_H

#include "sandbox/run/artifacts.h"

/* Opens "/box/@path" in @workspace. Returns the descriptor, which the caller closes, or -errno. On
 * failure, stores in *ret_missed the reason why a visitor can't have the file, or ARTIFACT_THERE if exrun
 * itself failed. */
int artifact_open(int workspace, const char *path, int flags, enum artifact_missed *ret_missed);

#endif
