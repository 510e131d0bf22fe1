/* SPDX-License-Identifier: MIT */
/* A keeper's observations of a run, as bytes for the front. */
#ifndef EXRUN_SANDBOX_KEEPER_OUTCOME_H
#define EXRUN_SANDBOX_KEEPER_OUTCOME_H

#include "sandbox/base/pack.h"
#include "sandbox/run/run.h"

/* Packs or unpacks a result. A result that was read can be freed by run_result_deinit(), even if the packing
 * is invalid; pack_end() tells. @unreclaimed is left out, because it is not known yet. */
void outcome_pack(struct pack *pack, struct run_result *result);

#endif
