/* SPDX-License-Identifier: MIT */
/* For cgroup*.c only: the operations that differ between v1 and v2, and helpers for both. */
#ifndef EXRUN_SANDBOX_CELL_CGROUP_OPS_H
#define EXRUN_SANDBOX_CELL_CGROUP_OPS_H

#include "sandbox/cell/cgroup.h"
#include "sandbox/cell/cgroup_figures.h"

/* @field: of the file; NULL: it has one number only. */
struct cgroup_counter_file {
    enum cgroup_part part;
    const char *name, *field;
};

struct cgroup_ops {
    struct cgroup_counter_file counters[N_CGROUP_COUNTERS];
    int (*limit)(const struct cgroup *cgroup, const struct limits *limits);
    int (*open_counters)(struct cgroup *cgroup);
    int (*cpu_us)(const struct cgroup *cgroup, uint64_t *ret);
    void (*read)(const struct cgroup *cgroup, struct cgroup_facts *facts);
    void (*kill)(const struct cgroup *cgroup);
    void (*shut)(const struct cgroup *cgroup);        /* makes every further fork in the groups fail */
    void (*drop_caches)(const struct cgroup *cgroup); /* caches of dead processes, if they are
                                                         large, or too many groups are dying */
};

extern const struct cgroup_ops cgroup_ops_v1;
extern const struct cgroup_ops cgroup_ops_v2;

/* Returns true if the kernel keeps much memory for a group without processes. @kernel_bytes: the kernel's own
 * memory, mostly names and inodes of files that were looked up. @file_bytes: pages of files. Such a group
 * would stay in the kernel after its removal, and cached names that don't exist on the host's file systems
 * would fill the machine's memory. */
bool cgroup_caches_much(uint64_t kernel_bytes, uint64_t file_bytes);

/* Returns the bytes of files that are charged to the group, as far as the kernel has added them up. */
uint64_t cgroup_file_bytes(const struct cgroup *cgroup, enum cgroup_part part);

/* A group that is removed stays in the kernel while a page of a file is charged to it, and takes some 30 KiB.
 * A program can be the first to read one page in each run. Ordinary programs fill the page cache once, so few
 * groups stay, and later programs need those pages. */
#define CGROUP_MOST_DYING 1000

/* Returns the number of removed groups that are still in the kernel. v1 has no such count, so all groups of
 * the machine are counted. 0: the number can't be read. */
uint64_t cgroup_count_dying(const struct cgroup *cgroup);

/* Opens the files of the counters, and "cgroup.kill". One that the kernel does not have is -1. */
void cgroup_open_counters(struct cgroup *cgroup);

/* Reads the figures that are one counter each. */
void cgroup_read_peaks(const struct cgroup *cgroup, struct cgroup_facts *facts);

/* Kills all processes of the group in the v2 tree at once. Returns false if the kernel can't. */
bool cgroup_kill_whole(const struct cgroup *cgroup);

/* Reads user time, system time and total CPU time from cpu.stat in the v2 tree. */
void cgroup_read_cpu_stat(const struct cgroup *cgroup, struct cgroup_facts *facts);

#endif
