/* SPDX-License-Identifier: MIT */
/* A slot in which a cell can be made: a lease, without groups that a dead owner left behind. */
#ifndef EXRUN_SANDBOX_CELL_SLOT_H
#define EXRUN_SANDBOX_CELL_SLOT_H

#include "sandbox/cell/cgroup.h"
#include "sandbox/cell/lease.h"

/* Leases a slot, and first removes the groups that a dead owner of the slot left behind. Skips a slot if
 * its groups can't be removed now; `clean` will find them later. Returns 0, LEASE_E_NONE_FREE, or an error
 * of lease_take(). */
int slot_take(const struct cgroup_tree *tree, struct lease *lease);

/* Removes the groups of the slot's previous owner, below exrun's parent group or below the one that the
 * slot's file names. The caller must hold the lease. @patience is in milliseconds. Returns the same values
 * as cgroup_discard(). */
int slot_discard(const struct cgroup_tree *tree, const struct lease *lease, int patience);

#endif
