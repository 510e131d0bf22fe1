/* SPDX-License-Identifier: MIT */
/* Opening what a program left, trusting no path. */
#ifndef EXRUN_SANDBOX_RUN_ARTIFACT_OPEN_H
#define EXRUN_SANDBOX_RUN_ARTIFACT_OPEN_H

/* Opens "/box/@path" beneath @workspace, or says in @ret_why why a visitor can't have it. */
int artifact_open(int workspace, const char *path, int flags, const char **ret_why);

#endif
