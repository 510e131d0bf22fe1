/* SPDX-License-Identifier: MIT */
/* Finds out whether the programs of a language run in parked cells as they do in others: the profile's check
 * program is run in both. */
#ifndef EXRUN_SANDBOX_WARM_CHECK_H
#define EXRUN_SANDBOX_WARM_CHECK_H

#include "sandbox/warm/check_run.h"

/* Runs the check program. @cancels: as of struct run_io, CELL_N_CANCELS of them; borrowed. */
void warm_check(const struct host *host, const struct profile *profile, const struct cell_cancel *cancels,
                struct warm_check *ret);

#endif
