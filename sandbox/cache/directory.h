/* SPDX-License-Identifier: MIT */
/* The directory of the cache, which belongs to exrun's user alone. */
#ifndef EXRUN_SANDBOX_CACHE_DIRECTORY_H
#define EXRUN_SANDBOX_CACHE_DIRECTORY_H

#include <stdbool.h>
#include <sys/stat.h>

#include "sandbox/plan/settings.h"

/* Returns true if the file belongs to exrun's user, and others have no access to it. */
bool directory_is_ours_alone(const struct stat *st);

/* Opens the directory that the settings name. @creates: creates it, and the one above it, if they are
 * missing. Returns the descriptor, which the caller closes, or -errno: -ENODATA if the settings disable the
 * cache, -ELOOP if the path is a link or ends in a slash, -EPERM if the directory is not exrun's user's
 * alone. */
int directory_open(const struct settings *settings, bool creates);

#endif
