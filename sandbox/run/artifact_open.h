/* SPDX-License-Identifier: MIT */
/* Opens files that a program left, without trusting their paths. */
#ifndef EXRUN_SANDBOX_RUN_ARTIFACT_OPEN_H
#define EXRUN_SANDBOX_RUN_ARTIFACT_OPEN_H

/* Opens "/box/@path" in @workspace. Returns the descriptor, which the caller closes, or -errno. On
 * failure, stores in *ret_why the reason why a visitor can't have the file, or NULL if exrun itself
 * failed. The caller must set *ret_why to NULL before, because a lack of memory does not set it. */
int artifact_open(int workspace, const char *path, int flags, const char **ret_why);

#endif
