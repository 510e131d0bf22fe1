/* SPDX-License-Identifier: MIT */
/* A keeper's run: from its order to its outcome. Only for the files of this directory. */
#ifndef EXRUN_SANDBOX_KEEPER_KEEPER_RUN_H
#define EXRUN_SANDBOX_KEEPER_KEEPER_RUN_H

#include "sandbox/keeper/keeper_state.h"

/* Checks the order and runs it. Returns 0 if the outcome was sent, or -errno with a fault. */
int keeper_run_order(struct keeper *keeper, char *order, size_t size, const struct profile *profile,
                     struct fault *fault);

/* Tells the front that the order can't be run. @is_stale: its profiles are others than the keeper's. */
void keeper_refuse(struct keeper *keeper, const struct fault *fault, bool is_stale);

#endif
