/* SPDX-License-Identifier: MIT */
/* The group that is delegated to exrun. If exrun is started from a unit with Delegate=yes, or by a user
 * whose manager is such a unit, systemd gives it a subtree that it can arrange as it likes (systemd's
 * CGROUP_DELEGATION.md). Then cells are in this subtree, and exrun changes nothing above it. */
#ifndef EXRUN_SANDBOX_CELL_CGROUP_DELEGATED_H
#define EXRUN_SANDBOX_CELL_CGROUP_DELEGATED_H

#include <stdint.h>

/* Finds the delegated group below the v2 tree at @mount. Stores its directory in *ret, which the caller
 * frees, or NULL if no group is delegated. If this process is itself in that group, it moves into a leaf
 * below, because a group that delegates controllers may not contain processes (cgroups(7), no internal
 * processes). Returns 0 or -ENOMEM. */
int cgroup_delegated(const char *mount, char **ret);

/* Limits the memory of that leaf, if this process is in the one beside @cells, the parent group of the cells.
 * Otherwise the group is somebody else's, and keeps its limit. Returns 0 or -errno. */
int cgroup_limit_leaf(const char *cells, uint64_t bytes);

#endif
