/* SPDX-License-Identifier: MIT */
/* Has a process of the cell as many files open as it may? No counter of the kernel tells that one got EMFILE,
 * so the processes are looked at when something happens anyway: what was not seen is not claimed. */
#ifndef EXRUN_SANDBOX_RUN_FD_LIMIT_H
#define EXRUN_SANDBOX_RUN_FD_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

#include "sandbox/cell/cgroup.h"

/* Looks at the first few processes of the group, unless it has very many. */
bool fd_limit_exhausted(const struct cgroup *cgroup, uint64_t files);

/* How many entries a directory has; for kernels whose /proc/PID/fd does not tell. */
uint64_t fd_limit_entries(const char *directory);

#endif
