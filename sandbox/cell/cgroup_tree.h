/* SPDX-License-Identifier: MIT */
/* Where cells get their cgroups: the hierarchies of this machine, and the parent group in each. */
#ifndef EXRUN_SANDBOX_CELL_CGROUP_TREE_H
#define EXRUN_SANDBOX_CELL_CGROUP_TREE_H

#include <stdbool.h>

#include "sandbox/plan/settings.h"

/* The hierarchies that a cell has a group in. v2 has CGROUP_UNIFIED alone; v1 the others, CGROUP_CPU only
 * where there is no v2 tree beside them. */
enum cgroup_part { CGROUP_MEMORY, CGROUP_PIDS, CGROUP_CPU, CGROUP_UNIFIED, N_CGROUP_PARTS };

/* The parent groups of all cells. @parent: what was given for it, "" for the default. @parents are open
 * directories, -1 where there is none. @busy: a group above the cells that holds processes itself, and so
 * can't hand controllers down to them; NULL: none. @can: enum machine_can. */
struct cgroup_tree {
    const struct cgroup_ops *ops;
    char parent[SETTINGS_CGROUP_ROOM];
    int parents[N_CGROUP_PARTS];
    char *paths[N_CGROUP_PARTS];
    char *busy;
    unsigned int can;
};

#define CGROUP_TREE_NONE              \
    {                                 \
        .parents = { -1, -1, -1, -1 } \
    }

/* Finds the hierarchies, and the parent groups; @makes: makes those that are missing. @parent: as
 * in struct settings. What can't be had is no error here: it lacks in @can. */
int cgroup_tree_open(struct cgroup_tree *tree, const char *parent, bool makes);
void cgroup_tree_close(struct cgroup_tree *tree);

/* Where there could be groups of ours that can't be removed from here: the path of a parent group that is
 * there and closed to us, or "/sys/fs/cgroup" where no hierarchy is to be seen. NULL: nowhere. */
const char *cgroup_tree_unseen(const struct cgroup_tree *tree);

/* "v1", "v2", "hybrid" (v1, and a v2 tree beside it), or "none". */
const char *cgroup_tree_version(const struct cgroup_tree *tree);

/* Returns true if swap can be closed to cells: the kernel counts it (swapaccount=1 on v1). */
bool cgroup_tree_counts_swap(const struct cgroup_tree *tree);

#endif
