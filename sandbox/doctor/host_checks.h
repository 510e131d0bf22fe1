/* SPDX-License-Identifier: MIT */
/* What exrun uses of a machine, as a table: each facility is asked for as it is used, and says what its lack
 * costs and what mends it. Asking changes nothing that stays. */
#ifndef EXRUN_SANDBOX_DOCTOR_HOST_CHECKS_H
#define EXRUN_SANDBOX_DOCTOR_HOST_CHECKS_H

#include <stdbool.h>
#include <stddef.h>

#include "sandbox/run/run.h"

enum facility_state { FACILITY_THERE, FACILITY_PARTLY, FACILITY_MISSING };

/* What was found, in words. */
struct facility_answer {
    enum facility_state state;
    char found[200];
    char hint[256]; /* "": the row's own */
};

/* @is_needed: without it, or with a part of it only, limits can't be held. @ask fills the answer. */
struct facility {
    const char *word;
    bool is_needed;
    void (*ask)(const struct host *host, struct facility_answer *answer);
    const char *costs;
    const char *hint;
};

enum { FACILITY_N_ROWS = 18 };

extern const struct facility facility_rows[FACILITY_N_ROWS];

const char *facility_state_word(enum facility_state state);

#endif
