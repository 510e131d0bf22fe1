/* SPDX-License-Identifier: MIT */
/* The cgroup hierarchies of this machine, and the parent group of all cells in each. */
#ifndef EXRUN_SANDBOX_CELL_CGROUP_TREE_H
#define EXRUN_SANDBOX_CELL_CGROUP_TREE_H

#include <stdbool.h>
#include <stdint.h>

#include "sandbox/plan/settings.h"

/* The hierarchies in which a cell has a group. v2 uses only CGROUP_UNIFIED. v1 uses the others, but
 * CGROUP_CPU only if the machine has no v2 tree in addition. */
enum cgroup_part { CGROUP_MEMORY, CGROUP_PIDS, CGROUP_CPU, CGROUP_UNIFIED, N_CGROUP_PARTS };

/* The parent groups of all cells. @parent: the path that was configured; "": the default. @parents: open
 * directories; -1: this hierarchy is not used. @busy: an ancestor of the cells that can't delegate
 * controllers because it contains processes itself; NULL: none found. @can: enum machine_can. */
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

/* Finds the hierarchies and opens the parent groups. If @makes, creates missing parent groups. @parent is
 * as in struct settings. A missing controller is not an error: its bit is not set in @tree->can. Returns 0
 * or -errno. The caller must call cgroup_tree_close() even on failure. */
int cgroup_tree_open(struct cgroup_tree *tree, const char *parent, bool makes);
void cgroup_tree_close(struct cgroup_tree *tree);

/* Limits the memory of this process and its children, apart from cells, if systemd has delegated a v2 group
 * to it alone. Returns 0 or -errno. */
int cgroup_tree_limit_own(const struct cgroup_tree *tree, uint64_t bytes);

/* Returns a place that might contain leftover groups of exrun that this process can't remove: the path of a
 * parent group that it has no access to, or "/sys/fs/cgroup" if no hierarchy is visible. Returns NULL if no
 * such place exists. */
const char *cgroup_tree_unseen(const struct cgroup_tree *tree);

/* Returns "v1", "v2", "hybrid" (v1 with a v2 tree in addition), or "none". */
const char *cgroup_tree_version(const struct cgroup_tree *tree);

/* Returns true if swap can be denied to cells, which requires that the kernel counts it (swapaccount=1 on
 * v1). */
bool cgroup_tree_counts_swap(const struct cgroup_tree *tree);

#endif
