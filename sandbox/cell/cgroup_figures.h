/* SPDX-License-Identifier: MIT */
/* What the kernel counted for a cell. */
#ifndef EXRUN_SANDBOX_CELL_CGROUP_FIGURES_H
#define EXRUN_SANDBOX_CELL_CGROUP_FIGURES_H

#include "sandbox/cell/cgroup.h"

/* What the kernel counted. */
struct cgroup_facts {
    uint64_t cpu_us, user_us, system_us;
    uint64_t memory_peak_bytes;
    uint64_t processes_peak;
    uint64_t processes_refused; /* how often a fork was refused for the limit */
    uint64_t oom_kills;
};

/* CPU time so far, in microseconds; 0 where nothing counts it. One read. */
uint64_t cgroup_cpu_us(const struct cgroup *cgroup);

/* How many processes the kernel has killed for memory so far. One read. */
uint64_t cgroup_oom_kills(const struct cgroup *cgroup);

/* Raises the peaks of @most to what there is now, where the kernel keeps none and only looking tells. */
void cgroup_look_for_peaks(const struct cgroup *cgroup, struct cgroup_facts *most);

/* All figures; what this kernel does not count is 0. */
void cgroup_read(const struct cgroup *cgroup, struct cgroup_facts *ret_facts);

/* The number in @file of @part (the field @field of it, where given); @otherwise where there is
 * none. */
uint64_t cgroup_number(const struct cgroup *cgroup, enum cgroup_part part, const char *file,
                       const char *field, uint64_t otherwise);

#endif
