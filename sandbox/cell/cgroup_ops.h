/* SPDX-License-Identifier: MIT */
/* For cgroup*.c alone: what v1 and v2 do differently, and what they share. */
#ifndef EXRUN_SANDBOX_CELL_CGROUP_OPS_H
#define EXRUN_SANDBOX_CELL_CGROUP_OPS_H

#include "sandbox/cell/cgroup.h"
#include "sandbox/cell/cgroup_figures.h"

struct cgroup_ops {
    int (*limit)(const struct cgroup *cgroup, const struct limits *limits);
    int (*open_counters)(struct cgroup *cgroup);
    int (*cpu_us)(const struct cgroup *cgroup, uint64_t *ret);
    void (*read)(const struct cgroup *cgroup, struct cgroup_facts *facts);
    void (*kill)(const struct cgroup *cgroup);
    void (*shut)(const struct cgroup *cgroup); /* nothing may be forked in it any more */
    void (*drop_caches)(
        const struct cgroup *cgroup); /* what the kernel keeps for its dead: cgroup_caches_much() */
};

extern const struct cgroup_ops cgroup_ops_v1;
extern const struct cgroup_ops cgroup_ops_v2;

/* Returns true if the kernel keeps much for a group without processes: @kernel_bytes of its own,
 * most of them names and inodes of files that were looked for, besides @file_bytes of pages of files. Such a
 * group would stay in the kernel after its removal, and names that don't exist, on the host's file systems,
 * would fill the machine's memory. */
bool cgroup_caches_much(uint64_t kernel_bytes, uint64_t file_bytes);

/* Opens @processes, and @memory, in @part, where they have to be looked at. */
void cgroup_count_processes(struct cgroup *cgroup, enum cgroup_part part);
void cgroup_count_memory(struct cgroup *cgroup, enum cgroup_part part);

/* User and system time, and their sum, of cpu.stat in the v2 tree. */
void cgroup_read_cpu_stat(const struct cgroup *cgroup, struct cgroup_facts *facts);

#endif
