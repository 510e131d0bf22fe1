/* SPDX-License-Identifier: MIT */
/* Checks whether a process of the cell has as many files open as it may. The kernel has no counter for
 * EMFILE, so the processes are checked whenever something else happens. If the limit was reached only in
 * between, this is not reported. */
#ifndef EXRUN_SANDBOX_RUN_FD_LIMIT_H
#define EXRUN_SANDBOX_RUN_FD_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

#include "sandbox/cell/cgroup.h"

/* Returns true if one of the first few processes of the group has at least @files descriptors open.
 * Returns false without a check if the group has very many processes. */
bool fd_limit_exhausted(const struct cgroup *cgroup, uint64_t files);

/* Returns how many entries @directory has. Needed for kernels that don't report a size for /proc/PID/fd. */
uint64_t fd_limit_entries(const char *directory);

#endif
