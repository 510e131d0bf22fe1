/* SPDX-License-Identifier: MIT */
/* The kernel's counters for one cell. */
#ifndef EXRUN_SANDBOX_CELL_CGROUP_FIGURES_H
#define EXRUN_SANDBOX_CELL_CGROUP_FIGURES_H

#include "sandbox/cell/cgroup.h"

/* The values of the counters. */
struct cgroup_facts {
    uint64_t cpu_us, user_us, system_us;
    uint64_t memory_peak_bytes;
    uint64_t processes_peak;
    uint64_t processes_refused; /* number of forks that failed because of the limit */
    uint64_t oom_kills;
};

/* Returns the CPU time used so far, in microseconds, or 0 if it is not counted. Costs one read. */
uint64_t cgroup_cpu_us(const struct cgroup *cgroup);

/* Returns how many processes the kernel has killed so far because of the memory limit. Costs one read. */
uint64_t cgroup_oom_kills(const struct cgroup *cgroup);

/* Returns the bytes of memory that are charged to the cell now, or 0 if they are not counted. On v1 the
 * kernel charges some pages ahead for each CPU. Costs one read. */
uint64_t cgroup_memory_bytes(const struct cgroup *cgroup);

/* Returns true if no process is left in the cell's groups, not even one that ended and was not waited for.
 * Returns false if the kernel does not count them. Costs one read. */
bool cgroup_is_empty(const struct cgroup *cgroup);
bool cgroup_is_counted(const struct cgroup *cgroup);

/* Returns the value of a counter, or @otherwise if it can't be read. Costs one read. */
uint64_t cgroup_count(const struct cgroup *cgroup, enum cgroup_counter counter, uint64_t otherwise);

/* Raises each peak in @most that the kernel does not keep itself to the current value. */
void cgroup_look_for_peaks(const struct cgroup *cgroup, struct cgroup_facts *most);

/* Reads all figures. A figure that this kernel does not count is 0. */
void cgroup_read(const struct cgroup *cgroup, struct cgroup_facts *ret_facts);

/* Returns the number in the kernel file @file of @part, or the number of its field @field unless that is
 * NULL. Returns @otherwise if it can't be read. */
uint64_t cgroup_number(const struct cgroup *cgroup, enum cgroup_part part, const char *file,
                       const char *field, uint64_t otherwise);

#endif
