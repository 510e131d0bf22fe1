/* SPDX-License-Identifier: MIT */
/* The cgroup of one cell: sets its limits, reads its usage, and makes sure that no process escapes either.
 *
 * A program can't leave its cgroup. The cgroup also accounts for children that were never waited for, for
 * tmpfs and memfd pages, and for the CPU time of processes that have exited. So limits are set and usage is
 * read here; rlimits are only a second layer.
 *
 * The differences between v1 and v2 are in one table each (cgroup_ops.h, cgroup_v1.c, cgroup_v2.c). On a
 * hybrid machine, the v1 hierarchies limit memory and processes, while a group in the v2 tree counts CPU time
 * exactly and kills atomically.
 *
 * Only the program and its children are in the group. The cell's PID 1 is not, so the cell is not charged
 * for it, and PID 1 is not killed if the cell runs out of memory. exrun changes nothing outside the parent
 * group (EXRUN_CGROUP, /exrun by default), with one exception: on v2 it enables controllers in ancestors
 * that don't delegate them. Sources: Documentation/admin-guide/cgroup-v1/{memory,pids,cpuacct}.rst,
 * cgroup-v2.rst. */
#ifndef EXRUN_SANDBOX_CELL_CGROUP_H
#define EXRUN_SANDBOX_CELL_CGROUP_H

#include <stdbool.h>
#include <stdint.h>

#include "sandbox/cell/cgroup_tree.h"
#include "sandbox/inside/start_message.h"
#include "sandbox/plan/limits.h"

/* Kernel files that are read while the program runs and when it has ended. They are opened with the cell,
 * because an answer waits for them. The counters "_NOW" also stand in for peaks that the kernel doesn't keep:
 * of processes before 6.6, and of memory before 5.19 (v2). */
enum cgroup_counter {
    CGROUP_PROCESSES_NOW,
    CGROUP_MEMORY_NOW,
    CGROUP_MEMORY_PEAK,
    CGROUP_PROCESSES_PEAK,
    CGROUP_PROCESSES_REFUSED,
    N_CGROUP_COUNTERS,
};

/* The groups of one cell. A process enters the v2 group when it is cloned (CLONE_INTO_CGROUP), and each v1
 * group by writing "0" into its "tasks" file, which is open in @joins. This moves only the writing thread
 * and takes no lock. Writing to cgroup.procs instead would block every fork on the machine and wait for an
 * RCU grace period, which takes 20 ms on an idle machine (kernel/cgroup/cgroup.c,
 * cgroup_procs_write_start). @events: poll(2) reports @events_mask for it if the group runs out of memory;
 * -1: it reports nothing. */
struct cgroup {
    const struct cgroup_tree *tree;
    char name[32];
    int dirs[N_CGROUP_PARTS];
    int joins[N_CGROUP_PARTS];
    int cpu;
    int memory_events;
    int counters[N_CGROUP_COUNTERS];
    int kill; /* "cgroup.kill", or -1 */
    int events;
    short events_mask;
};

#define CGROUP_NONE                                                                          \
    {                                                                                        \
        .dirs = {-1, -1, -1, -1}, .joins = {-1, -1, -1, -1}, .cpu = -1, .memory_events = -1, \
        .counters = {-1, -1, -1, -1, -1}, .kill = -1, .events = -1                           \
    }

/* Removes the groups that a dead owner of @name left behind. The caller must hold the lease of @name.
 * Waits about @patience milliseconds for processes to exit, and as long again until the groups can be
 * removed. Returns 0, -EBUSY if a group could not be removed, -EWOULDBLOCK if its owner is alive after
 * all, or another -errno. */
int cgroup_discard(const struct cgroup_tree *tree, const char *name, int patience);

/* Creates the groups called @name, without limits, and locks them. No group with this name may exist. The
 * lock is released when the last process that has the joins open exits. On failure, everything that was
 * created is removed. Returns 0, -EEXIST if another exrun, which keeps its leases elsewhere, has just
 * created a group with this name, or another -errno. */
int cgroup_make(struct cgroup *cgroup, const struct cgroup_tree *tree, const char *name);

/* Sets the memory and process limits; can be called again. Returns 0, -EEXIST if another exrun has removed
 * the groups, -EBUSY if more memory is in use than the limit (v1 only), or another -errno. The groups stay
 * even on failure. */
int cgroup_limit(const struct cgroup *cgroup, const struct limits *limits);

/* Stores the descriptors by which a process enters the groups. @cgroup still owns them. */
void cgroup_joins(const struct cgroup *cgroup, int ret_joins[N_JOINS]);

/* Kills every process in the groups, once. A fork bomb competes with exrun for the CPUs, so this stops it
 * sooner than the exit of the cell's PID 1 would. */
void cgroup_kill(const struct cgroup *cgroup);

/* Kills every process in the groups and removes the groups from every hierarchy. Closes all descriptors in
 * @cgroup even on failure. Returns 0, -EBUSY if processes or a group remain for about two seconds, or
 * another -errno. */
int cgroup_remove(struct cgroup *cgroup);

/* Returns true if any hierarchy has a group called @name. */
bool cgroup_exists(const struct cgroup_tree *tree, const char *name);

/* One leftover group, in all hierarchies together. @is_held: its owner is alive. Groups are locked in
 * addition to the lease, because an exrun that uses another /run, or whose lease file was deleted, must
 * not mistake a running cell for a dead one. @changed_ms: the latest change of any of its directories, in
 * milliseconds since 1970. The kernel can forget this time, and then starts with the current time. */
struct cgroup_leftover {
    bool is_there, is_held;
    uint64_t processes, bytes, changed_ms;
};

void cgroup_look(const struct cgroup_tree *tree, const char *name, struct cgroup_leftover *ret);

/* Calls @tell with the name of each group below the parents. A name that exists in several hierarchies is
 * reported once for each. */
void cgroup_each(const struct cgroup_tree *tree, void (*tell)(void *arg, const char *name), void *arg);

#endif
