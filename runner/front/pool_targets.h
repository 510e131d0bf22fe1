/* SPDX-License-Identifier: MIT */
/* The pool's first rule: how many cells wait. */
#ifndef EXRUN_RUNNER_FRONT_POOL_TARGETS_H
#define EXRUN_RUNNER_FRONT_POOL_TARGETS_H

#include "runner/front/pool.h"

/* Stores in @ret, which has room for @view->n_keys, how many waiting cells each key should have. The targets
 * together fit beside the runs in progress, and into the budget of memory. */
void pool_targets(const struct pool_view *view, unsigned int *ret);

#endif
