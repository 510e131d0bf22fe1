/* SPDX-License-Identifier: MIT */
/* The table of the kernel's own limits of a process (getrlimit(2)) and the value that a program in a cell
 * gets for each.
 *
 * They are the second line behind the cell's cgroup and must not take effect first, because a program that
 * reaches one ends in a way that does not point to exrun's limits. exrun's caller can have hard limits that
 * are lower still, and only CAP_SYS_RESOURCE on the machine itself can raise those. So each row has the value
 * to set, and the least value with which the verdict of a run is true. If the caller's limit is below that,
 * the run is refused before anything is created, or goes on with best effort. */
#ifndef EXRUN_SANDBOX_PLAN_RLIMITS_H
#define EXRUN_SANDBOX_PLAN_RLIMITS_H

#include <stdbool.h>
#include <stdint.h>

#include "sandbox/plan/limits.h"

enum rlimits {
    RLIMITS_CORE,
    RLIMITS_MEMLOCK,
    RLIMITS_MSGQUEUE,
    RLIMITS_RTPRIO,
    RLIMITS_NICE,
    RLIMITS_SIGPENDING,
    RLIMITS_STACK,
    RLIMITS_NOFILE,
    RLIMITS_FSIZE,
    RLIMITS_NPROC,
    RLIMITS_CPU,
    RLIMITS_AS,
    RLIMITS_DATA,
    N_RLIMITS,
};

struct rlimits_row {
    int resource;
    const char *word;   /* word in "unenforced", and for people */
    const char *option; /* option of prlimit(1) */
    int limit;          /* enum limit that it backs; -1: it backs no limit */
    uint64_t divisor;   /* divisor from the limit's unit to the kernel's; results are rounded up */
    uint64_t fixed;     /* value if it backs no limit */
    uint64_t spare;  /* surplus over the limit, so that the cell's refusal, which is counted, comes first */
    uint64_t margin; /* least surplus, in the limit's unit */
};

extern const struct rlimits_row rlimits_rows[N_RLIMITS];

/* Returns the value that a program under @limits gets. */
uint64_t rlimits_wanted(enum rlimits which, const struct limits *limits);

/* Returns the least value that is just as good. @runs_handler: a core dump would start one of the host's
 * programs. */
uint64_t rlimits_least(enum rlimits which, const struct limits *limits, bool runs_handler);

#endif
