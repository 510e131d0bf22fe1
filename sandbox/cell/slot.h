/* SPDX-License-Identifier: MIT */
/* A slot that a cell can be made in: a lease, and none of the groups that a dead owner left. */
#ifndef EXRUN_SANDBOX_CELL_SLOT_H
#define EXRUN_SANDBOX_CELL_SLOT_H

#include "sandbox/cell/cgroup.h"
#include "sandbox/cell/lease.h"

/* Takes a slot, and removes first what a dead owner of its name left. A slot whose name a group bears that
 * would not go now is passed over: `clean` will find it. LEASE_E_NONE_FREE, or as lease_take(). */
int slot_take(const struct cgroup_tree *tree, struct lease *lease);

/* Removes the groups of whoever had the slot before, beneath our parent or the one that its file names; we
 * hold its lease. @patience: in milliseconds. As cgroup_discard(). */
int slot_discard(const struct cgroup_tree *tree, const struct lease *lease, int patience);

#endif
