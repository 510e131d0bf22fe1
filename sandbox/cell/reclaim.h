/* SPDX-License-Identifier: MIT */
/* The single place that removes.
 *
 * What a cell makes outside its own namespaces bears its slot's name: the cgroups. All else lives in the
 * namespaces and ends with the last process and descriptor: mounts with the mount namespace, the workspace
 * with its last descriptor. So reclaiming is: kill all, close all, remove the groups, and then look whether
 * that is so. It is the same code after a run, after a step that failed, and for what a dead exrun left. */
#ifndef EXRUN_SANDBOX_CELL_RECLAIM_H
#define EXRUN_SANDBOX_CELL_RECLAIM_H

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

#endif
