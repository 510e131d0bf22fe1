/* SPDX-License-Identifier: MIT */
/* The group that was handed over to us: whoever starts exrun from a unit with Delegate=yes, or as a user
 * whose manager has one, gives it a subtree to arrange as it likes (systemd's CGROUP_DELEGATION.md). Cells
 * lie in it then, and nothing above it is touched. */
#ifndef EXRUN_SANDBOX_CELL_CGROUP_DELEGATED_H
#define EXRUN_SANDBOX_CELL_CGROUP_DELEGATED_H

/* Finds it beneath the v2 tree at @mount: *ret is its directory, the caller's to free; NULL where there is
 * none. Where it holds this process itself, the process moves into a leaf below it, since a group that hands
 * controllers down may hold none (cgroups(7), no internal processes). 0 or -ENOMEM. */
int cgroup_delegated(const char *mount, char **ret);

#endif
