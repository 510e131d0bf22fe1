/* SPDX-License-Identifier: MIT */
/* A run of a check, in cells that were made for it. */
#ifndef EXRUN_SANDBOX_WARM_CHECK_RUN_H
#define EXRUN_SANDBOX_WARM_CHECK_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "sandbox/run/host.h"
#include "sandbox/run/ready.h"
#include "sandbox/run/run.h"

/* @is_known: whether they do was found out; false: something else went wrong, or it was cancelled. @fault:
 * FAULT_NONE: they do. @fingerprint: state of the files that the interpreter reads (warm/fingerprint.h).
 * @unreclaimed: enum reclaim_left, of the cells. */
struct warm_check {
    bool is_known;
    struct fault fault;
    uint64_t fingerprint;
    unsigned int unreclaimed;
};

/* A check under way. */
struct checking {
    const struct host *host;
    const struct profile *profile;
    const struct cell_cancel *cancels;
    struct warm_check *check;
};

/* The cells that were made for a run; NULL: none. @compiles_anew: its program is compiled even if the cache
 * has it, and the product is brought back. */
struct check_cells {
    struct ready *ready, *compiler;
    bool compiles_anew;
};

/* Runs the program @text. Returns 0, or -errno with a fault of the check; also if it was cancelled. The
 * caller must call run_result_deinit() even on failure. */
int check_run(const struct checking *checking, const struct check_cells *cells, const char *text,
              struct run_result *ret);

/* Returns true if one run reached a limit on time and the other did not, as on a machine that is busy. */
bool check_was_slow(const struct run_result *a, const struct run_result *b);

bool check_are_equal(const struct bytes *a, const struct bytes *b);

/* Returns the text of the check program. */
const char *check_text(const struct checking *checking);

#endif
