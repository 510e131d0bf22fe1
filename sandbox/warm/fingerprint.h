/* SPDX-License-Identifier: MIT */
/* Notices that something was replaced which an interpreter has read when it started. */
#ifndef EXRUN_SANDBOX_WARM_FINGERPRINT_H
#define EXRUN_SANDBOX_WARM_FINGERPRINT_H

#include <stdint.h>

#include "sandbox/plan/profile.h"
#include "sandbox/plan/settings.h"

/* Returns a number that changes if a file of these gets another inode, size or time of change: the program of
 * @profile, the shim, and the mounts. Of a folder, it looks only at itself. */
uint64_t fingerprint(const struct profile *profile, const struct settings *settings);

/* The same, but it also looks at the files in the mounts below /etc, where interpreters have their
 * configuration. It takes a millisecond for a thousand files. */
uint64_t fingerprint_whole(const struct profile *profile, const struct settings *settings);

#endif
