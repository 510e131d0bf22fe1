/* SPDX-License-Identifier: MIT */
/* The table of the kernel's own limits of a process (getrlimit(2)): what a program in a cell gets of each.
 *
 * They are second lines behind the cell's cgroup, and must not come first: a program that meets one ends in a
 * way that tells nothing of exrun's limits. exrun's own caller may have hard limits that lie lower still, and
 * only CAP_SYS_RESOURCE on the machine itself raises those. So each row has what is given, and the least with
 * which the verdict of a run is true; a caller's limit below that is told before anything is made. */
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
    const char *word;   /* in "unenforced", and for people */
    const char *option; /* of prlimit(1) */
    int limit;          /* the enum limit that it stands behind, -1: none */
    uint64_t divisor;   /* from the limit's unit to the kernel's; the next whole number counts */
    uint64_t fixed;     /* the value where there is no such limit */
    uint64_t spare;     /* more than the limit, so that the cell's refusal, which is counted, comes first */
    uint64_t margin;    /* the least of that, in the limit's unit */
};

extern const struct rlimits_row rlimits_rows[N_RLIMITS];

/* What a program under @limits is given. */
uint64_t rlimits_wanted(enum rlimits which, const struct limits *limits);

/* The least that is as good. @runs_handler: a core dump would start a program of the host's. */
uint64_t rlimits_least(enum rlimits which, const struct limits *limits, bool runs_handler);

#endif
