/* SPDX-License-Identifier: MIT */
/* The single place that removes.
 *
 * What a cell makes outside its own namespaces bears its slot's name: the cgroups. All else lives in the
 * namespaces and ends with the last process and descriptor: mounts with the mount namespace, the workspace
 * with its last descriptor. So reclaiming is: kill all, close all, remove the groups, and then look whether
 * that is so. It is the same code after a run, after a step that failed, and for what a dead exrun left. */
#ifndef EXRUN_SANDBOX_CELL_RECLAIM_H
#define EXRUN_SANDBOX_CELL_RECLAIM_H

#include <stdbool.h>

#include "sandbox/cell/cell.h"

/* What could not be reclaimed, in the words of a result's "unreclaimed". */
enum reclaim_left {
    LEFT_PROCESSES = 1 << 0,
    LEFT_CGROUP = 1 << 1,
    LEFT_DESCRIPTORS = 1 << 2,
    LEFT_MOUNTS = 1 << 3, /* the workspace, which holds all that the program wrote */
};

/* Reclaims @cell, in whatever state it is. Returns enum reclaim_left of what is still there; then the slot's
 * lease is kept until the process ends, so that nobody takes the slot. */
unsigned int reclaim_cell(struct cell *cell);

/* The word of one reclaim_left. */
const char *reclaim_word(enum reclaim_left left);

/* What is found stale. A group counts with what is in it. */
enum reclaim_kind { RECLAIM_CGROUPS, RECLAIM_PROCESSES, RECLAIM_SLOTS, N_RECLAIM_KINDS };

struct reclaim_count {
    uint64_t items, bytes;
};

struct reclaim_wish {
    const char *runtime;    /* settings.runtime */
    bool is_dry;            /* only look */
    uint64_t older_than_ms; /* leave alone what was left within that time */
    /* is told each thing that would not go; NULL: nobody is */
    void (*failed)(void *arg, enum reclaim_kind kind, const char *name, int error);
    void *arg;
};

/* Removes whatever dead owners left, of all slots; what anybody has the lease of is not looked at.
 * @ret_removed: by kind, what was removed, or would be. The number of things that would not go, or -errno
 * where the leases can't be used. */
int reclaim_stale(const struct cgroup_tree *tree, const struct reclaim_wish *wish,
                  struct reclaim_count ret_removed[N_RECLAIM_KINDS]);

const char *reclaim_kind_word(enum reclaim_kind kind);

#endif
