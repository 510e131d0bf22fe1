/* SPDX-License-Identifier: MIT */
/* What exrun uses of a machine, as a table: each facility is asked for as it is used, and says what its lack
 * costs and what mends it. Asking changes nothing that stays. */
#ifndef EXRUN_SANDBOX_DOCTOR_HOST_CHECKS_H
#define EXRUN_SANDBOX_DOCTOR_HOST_CHECKS_H

#include <stdbool.h>
#include <stddef.h>

#include "sandbox/run/host.h"

enum host_state { HOST_THERE, HOST_PARTLY, HOST_MISSING };

/* What was found, in words. */
struct host_finding {
    enum host_state state;
    char found[200];
    char hint[256]; /* "": the row's own */
};

/* @is_needed: without it, or with a part of it only, limits can't be held. @ask fills the answer. */
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
