/* SPDX-License-Identifier: MIT */
/* Finds out whether the programs of a language run in parked cells as they do in others: the profile's check
 * program is run in both. */
#ifndef EXRUN_SANDBOX_WARM_CHECK_H
#define EXRUN_SANDBOX_WARM_CHECK_H

#include <stdbool.h>
#include <stdint.h>

#include "sandbox/run/host.h"
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

/* Runs the check program. @cancels: as of struct run_io, CELL_N_CANCELS of them; borrowed. */
void warm_check(const struct host *host, const struct profile *profile, const struct cell_cancel *cancels,
                struct warm_check *ret);

#endif
