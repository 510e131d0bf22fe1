/* SPDX-License-Identifier: MIT */
/* Notices that something was replaced which an interpreter has read when it started. */
#ifndef EXRUN_SANDBOX_WARM_FINGERPRINT_H
#define EXRUN_SANDBOX_WARM_FINGERPRINT_H

#include <stdint.h>

#include "sandbox/plan/profile.h"
#include "sandbox/plan/settings.h"

/* Returns a number that changes if a file of these gets another inode, size or time of change: the program of
 * @profile, the shim, and the mounts. It looks at no file below a directory. */
uint64_t fingerprint(const struct profile *profile, const struct settings *settings);

#endif
