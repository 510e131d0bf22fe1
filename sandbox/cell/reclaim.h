/* SPDX-License-Identifier: MIT */
/* Cleans up after cells. This is the only place that does so.
 *
 * The only things that a cell makes outside its own namespaces are its cgroups, and these have the slot's
 * name. Everything else disappears when the last process and the last descriptor are gone: mounts with the
 * mount namespace, the workspace with its last descriptor. So reclaiming a cell means: kill its processes,
 * close the descriptors, remove the groups, and then check that nothing is left. The same code runs after
 * a run, after a failed step, and for the leftovers of an exrun that crashed. */
#ifndef EXRUN_SANDBOX_CELL_RECLAIM_H
#define EXRUN_SANDBOX_CELL_RECLAIM_H

#include <stdbool.h>

#include "sandbox/cell/cell.h"

/* Leftovers of a cell that could not be reclaimed. A result lists their words as "unreclaimed". */
enum reclaim_left {
    LEFT_PROCESSES = 1 << 0,
    LEFT_CGROUP = 1 << 1,
    LEFT_DESCRIPTORS = 1 << 2,
    LEFT_MOUNTS = 1 << 3, /* the workspace, with everything that the program wrote */
};

/* Reclaims @cell, whatever state it is in. Returns 0, or the enum reclaim_left bits of the leftovers. If
 * anything is left, the lease is kept until this process exits, so that the slot is not used again. */
unsigned int reclaim_cell(struct cell *cell);

/* Returns the word for one bit of enum reclaim_left. */
const char *reclaim_word(enum reclaim_left left);

/* The kinds of leftovers. A group is counted in addition to the processes in it. Sockets are the service's:
 * the caller of reclaim_stale() removes them (warden/listener.h). */
enum reclaim_kind { RECLAIM_CGROUPS, RECLAIM_PROCESSES, RECLAIM_SLOTS, RECLAIM_SOCKETS, N_RECLAIM_KINDS };

struct reclaim_count {
    uint64_t items, bytes;
};

struct reclaim_wish {
    const char *runtime;    /* settings.runtime */
    bool is_dry;            /* only report what would be removed */
    uint64_t older_than_ms; /* skip leftovers that are younger than this */
    /* called for each leftover that could not be removed; may be NULL */
    void (*failed)(void *arg, enum reclaim_kind kind, const char *name, int error);
    void *arg;
};

/* Removes what dead owners left behind in all slots. Skips slots that are leased. Stores in @ret_removed,
 * by kind, the number and size of leftovers that were removed, or would be. Returns the number of
 * leftovers that could not be removed, or -errno if the leases can't be used. */
int reclaim_stale(const struct cgroup_tree *tree, const struct reclaim_wish *wish,
                  struct reclaim_count ret_removed[N_RECLAIM_KINDS]);

/* Returns true if a leftover of the time @left_ms (since 1970) is to be skipped. Leftovers from the future
 * count as old, because otherwise they would stay young forever after the clock was set back. */
bool reclaim_is_young(const struct reclaim_wish *wish, uint64_t left_ms);

const char *reclaim_kind_word(enum reclaim_kind kind);

#endif
