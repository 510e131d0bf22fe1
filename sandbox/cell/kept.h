/* SPDX-License-Identifier: MIT */
/* The things that a process which makes one cell after the other keeps for them. Everything else in a cell is
 * new. */
#ifndef EXRUN_SANDBOX_CELL_KEPT_H
#define EXRUN_SANDBOX_CELL_KEPT_H

#include <stdbool.h>

#include "sandbox/cell/cgroup_tree.h"
#include "sandbox/cell/lease.h"
#include "sandbox/cell/root_template.h"

/* @network: a network namespace (network.h); -1: each cell makes its own. @lease: of the first cell that is
 * made while @is_leased is false; not held: each cell leases a slot. @root: without one, each cell makes its
 * root. */
struct kept {
    int network;
    struct lease lease;
    bool is_leased;
    struct root_template root;
};

/* Makes all of it for cells in @tree. Something that can't be made is left out, and the cells then say why if
 * they can't make it either. @lease: with the members that lease_take() needs. The calling process gets a
 * mount namespace of its own, and loses its umask and its bounding set. It no longer ignores or handles a
 * signal, except that SIGPIPE does not end it: a program can end before its input is written. */
void kept_open(struct kept *kept, const struct cgroup_tree *tree, const struct lease *lease);

void kept_close(struct kept *kept);

#endif
