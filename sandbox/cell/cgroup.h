/* SPDX-License-Identifier: MIT */
/* The cgroup of one cell: its limits, its usage figures, and the certainty that nothing escapes either.
 *
 * A cgroup is the one thing that a program can't leave: it holds children that nobody waited for, pages of
 * tmpfs and memfd, CPU time of processes that are gone. So limits are set here and figures are read here, and
 * rlimits are only the second line.
 *
 * What differs between v1 and v2 is one table each (cgroup_ops.h, cgroup_v1.c, cgroup_v2.c). On a
 * hybrid machine memory and processes are bounded in the v1 hierarchies, while the v2 tree beside them counts
 * CPU time exactly and kills atomically.
 *
 * Only the program and its children are in the group; the cell's PID 1 is not, so it is neither billed nor
 * killed for memory. Nothing outside the parent group (EXRUN_CGROUP, else /exrun) is touched, with one
 * exception on v2: controllers that an ancestor does not hand down are switched on there. Sources:
 * Documentation/admin-guide/cgroup-v1/{memory,pids,cpuacct}.rst, cgroup-v2.rst. */
#ifndef EXRUN_SANDBOX_CELL_CGROUP_H
#define EXRUN_SANDBOX_CELL_CGROUP_H

#include <stdbool.h>
#include <stdint.h>

#include "sandbox/cell/cgroup_tree.h"
#include "sandbox/inside/start_message.h"
#include "sandbox/plan/limits.h"

/* One cell's groups. A process enters the v2 group by its clone (CLONE_INTO_CGROUP), and each v1 group by
 * writing "0" into @joins, its open "tasks": moving one's own single thread takes no lock, while cgroup.procs
 * stops all forks of the machine and waits for a grace period of RCU, 20 ms on an idle one
 * (kernel/cgroup/cgroup.c, cgroup_procs_write_start). @events has the poll(2) events @events_mask when the
 * kernel runs short of memory for the group; -1: nothing tells. */
struct cgroup {
    const struct cgroup_tree *tree;
    char name[32];
    int dirs[N_CGROUP_PARTS];
    int joins[N_CGROUP_PARTS];
    int cpu;
    int memory_events;
    int processes; /* "pids.current", where the kernel keeps no peak of it (before 6.6); -1: it does */
    int memory;    /* "memory.current", likewise (v2, before 5.19) */
    int events;
    short events_mask;
};

#define CGROUP_NONE                                                                          \
    {                                                                                        \
        .dirs = {-1, -1, -1, -1}, .joins = {-1, -1, -1, -1}, .cpu = -1, .memory_events = -1, \
        .processes = -1, .memory = -1, .events = -1                                          \
    }

/* Removes what a dead owner of the name left; whoever calls holds the lease of the name. @patience: in
 * milliseconds. -EBUSY where something would not go, -EWOULDBLOCK where its owner lives after all. */
int cgroup_discard(const struct cgroup_tree *tree, const char *name, int patience);

/* Makes the groups "@name", of which there are none, without limits, and locks them. The lock is dropped with
 * the last process that has the joins. On failure nothing is left. -EEXIST if another exrun, which has its
 * leases elsewhere, has just made one of that name. */
int cgroup_make(struct cgroup *cgroup, const struct cgroup_tree *tree, const char *name);

/* Sets the limits of memory and processes; may be called again. -EBUSY if more memory is in use than the
 * limit, else as cgroup_make(), but the groups stay. */
int cgroup_limit(const struct cgroup *cgroup, const struct limits *limits);

/* What a process enters the groups by. The descriptors stay @cgroup's. */
void cgroup_joins(const struct cgroup *cgroup, int ret_joins[N_JOINS]);

/* Kills whatever is in it, once. Programs that fork for ever share the processors with us, and are gone
 * sooner than PID 1 of their cell would get to it. */
void cgroup_kill(const struct cgroup *cgroup);

/* Kills whatever is in it and removes it, in every hierarchy; lets go of all descriptors in any case. -EBUSY
 * where something would not go within two seconds. */
int cgroup_remove(struct cgroup *cgroup);

/* Is there anything of the name "@name" in any hierarchy? */
bool cgroup_exists(const struct cgroup_tree *tree, const char *name);

/* One leftover group, in all hierarchies together. @is_held: its owner lives. The groups are locked, beside
 * the lease: whoever has another /run, or lost the lease's file, must not take a living cell for a dead
 * one's.
 * @changed_ms: the latest that any of them was, since 1970; the kernel may forget it, and begins anew then.
 */
struct cgroup_leftover {
    bool is_there, is_held;
    uint64_t processes, bytes, changed_ms;
};

void cgroup_look(const struct cgroup_tree *tree, const char *name, struct cgroup_leftover *ret);

/* Tells each name that stands beneath a parent, as often as hierarchies have it. */
void cgroup_each(const struct cgroup_tree *tree, void (*tell)(void *arg, const char *name), void *arg);

#endif
