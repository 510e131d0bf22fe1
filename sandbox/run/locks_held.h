/* SPDX-License-Identifier: MIT */
/* How many file locks a cell holds, as /proc shows them. */
#ifndef EXRUN_SANDBOX_RUN_LOCKS_HELD_H
#define EXRUN_SANDBOX_RUN_LOCKS_HELD_H

#include <stdint.h>

#include "sandbox/cell/cgroup.h"

/* Returns the number of locks that all tasks of @cgroup hold, or @most if it is no less, or can't be told:
 * tasks came or went meanwhile, a file is on its way in a message, where no look reaches it, or nothing lists
 * the tasks. A lock that several descriptors lead to counts for each. Adds to *@n_read how many files were
 * read.
 *
 * /proc/locks would tell it at once, but stops all locking of the machine for up to 44 ms. */
uint64_t locks_held(const struct cgroup *cgroup, uint64_t most, uint64_t *n_read);

#endif
