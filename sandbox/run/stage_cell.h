/* SPDX-License-Identifier: MIT */
/* A cell for a stage of a profile's runs. */
#ifndef EXRUN_SANDBOX_RUN_STAGE_CELL_H
#define EXRUN_SANDBOX_RUN_STAGE_CELL_H

#include <limits.h>

#include "sandbox/cache/toolchain.h"
#include "sandbox/cell/cell.h"
#include "sandbox/policy/policy.h"
#include "sandbox/run/host.h"

/* The common part of all cells of a profile. @prepared: path of the folder for /prepared; "": there is none.
 * @toolchain: set if the profile compiles, or prepares. @renews_root, @has_own_network: of struct
 * cell_config. */
struct stage_cell {
    const struct host *host;
    const struct profile *profile;
    struct policy policy;
    bool has_policy, renews_root, has_own_network;
    uint8_t toolchain[TOOLCHAIN_BYTES];
    char prepared[PATH_MAX];
};

/* Identifies the toolchain of @profile, and finds what was prepared for it. Both are borrowed. */
void stage_cell_init(struct stage_cell *common, const struct host *host, const struct profile *profile);

/* Makes a cell for @stage. @prepares: it gets an empty, writable /prepared. Returns 0 or -errno. The caller
 * must call reclaim_cell() even on failure. */
int stage_cell_make(struct stage_cell *common, const struct plan_stage *stage, bool prepares,
                    struct cell *cell, struct fault *fault);

void stage_cell_deinit(struct stage_cell *common);

#endif
