/* SPDX-License-Identifier: MIT */
/* The second fence around files: Landlock (landlock(7)), where the kernel has it.
 *
 * The root shows a program what it may see, by mounts that are read-only. This says the same once more of
 * another part of the kernel: beneath what the profile lists it may read and execute, beneath its own places
 * write, and nothing else, whatever a mistake in a mount would show it. Where the kernel knows the words,
 * TCP, and signals and abstract sockets to the outside, are refused by it too. It is for good, and inherited.
 *
 * Version 2 (Linux 5.19) is the least: the first refuses every rename between directories. */
#ifndef EXRUN_SANDBOX_INSIDE_LANDLOCK_H
#define EXRUN_SANDBOX_INSIDE_LANDLOCK_H

#include <stdbool.h>
#include <stddef.h>

#include "sandbox/plan/profile.h"

enum { LANDLOCK_LEAST = 2 };

/* The version that this kernel has; 0: none, or it is switched off. */
int landlock_version(void);

/* Encloses the calling process, which has no-new-privs and stands in its root. @may_exec: programs of its
 * own. 0 (also without Landlock) or -errno. Allocates nothing. */
int landlock_enter(const struct profile_mount *mounts, size_t n_mounts, bool may_exec);

#endif
