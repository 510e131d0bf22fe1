/* SPDX-License-Identifier: MIT */
/* A table of the facilities that exrun uses. Each check tries a facility in the way in which exrun uses it,
 * and has the cost of its absence and the remedy. A check changes nothing permanently, except that it creates
 * the directories of the slots and of the cache if they are missing. */
#ifndef EXRUN_SANDBOX_DOCTOR_HOST_CHECKS_H
#define EXRUN_SANDBOX_DOCTOR_HOST_CHECKS_H

#include <stdbool.h>
#include <stddef.h>

#include "sandbox/run/host.h"

enum host_state { HOST_THERE, HOST_PARTLY, HOST_MISSING };

/* Result of a check, in words. @fault: if its kind is not FAULT_NONE, a run meets the same fault, and the two
 * texts are empty. */
struct host_finding {
    enum host_state state;
    struct fault fault;
    char found[200];
    char hint[256]; /* "": the row's own hint */
};

/* @is_needed: without it, or with only a part of it, limits can't be enforced. @ask fills the answer. */
struct host_check {
    const char *word;
    bool is_needed;
    void (*ask)(const struct host *host, struct host_finding *answer);
    const char *costs;
    const char *hint;
};

enum { N_HOST_CHECKS = 18 };

extern const struct host_check host_checks[N_HOST_CHECKS];

const char *host_state_word(enum host_state state);

#endif
