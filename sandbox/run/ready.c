/* SPDX-License-Identifier: MIT */
/* A cell that is made before the run that it is for. */
#include "sandbox/run/ready.h"

#include <string.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/cell/cell_start.h"
#include "sandbox/cell/reclaim.h"
#include "sandbox/run/stage_cell.h"

/* CPU time that an interpreter may use before its run: more than parking may take. */
#define PARKING_CPU_S 25

/* Raises a limit of CPU time, as far as this process may, so that the run's own one can count from its start
 * (inside/release.c). */
static void leave_room(uint64_t *limit, const struct machine *machine)
{
    const uint64_t hard = machine->hard[RLIMITS_CPU];

    *limit += PARKING_CPU_S;
    if (!(machine->can & CAN_RAISE) && *limit > hard)
        *limit = hard;
}

int ready_make(struct ready *ready, const struct host *host, const struct profile *profile, enum stage stage,
               struct fault *fault)
{
    _cleanup_(stage_cell_deinit) struct stage_cell common = {.policy = {.is_owned = false}};
    _cleanup_(plan_deinit) struct plan plan = {0};
    /* A process without privileges can only lower its limits, so it starts with the highest that a request
     * may ask for. */
    const struct job most = {.asked = profile->max};
    const struct plan_config config = {
        .job = &most, .profile = profile, .machine = &host->machine, .best_effort = true};
    struct plan_stage *planned = plan_stage_of(&plan, stage);
    int r = plan_make(&plan, &config, fault);

    *ready = (struct ready)READY_NONE;
    ready->stage = stage;
    if (r < 0)
        return r;
    if (stage == STAGE_RUN)
        planned->limits = profile->normal;
    if (plan_warm(profile, stage)->parks)
        leave_room(&planned->rlimits[RLIMITS_CPU], &host->machine);
    stage_cell_init(&common, host, profile);
    common.renews_root = true;
    /* A compiler waits while programs run in the other one. */
    common.has_own_network = stage == STAGE_COMPILE;
    r = stage_cell_make(&common, planned, false, &ready->cell, fault);
    if (r == 0)
        r = cell_wait(&ready->cell, fault);
    if (r < 0)
        return r;
    memcpy(ready->rlimits, planned->rlimits, sizeof(ready->rlimits));
    memcpy(ready->toolchain, common.toolchain, sizeof(ready->toolchain));
    ready->may_exec = planned->may_exec;
    ready->memory_bytes = profile->has_proc_files ? planned->limits.memory_bytes : 0;
    ready->is_made = true;
    return 0;
}

bool ready_fits(const struct ready *ready, const struct plan_stage *stage)
{
    if (!ready->is_made || ready->may_exec != stage->may_exec ||
        (ready->memory_bytes != 0 && ready->memory_bytes != stage->limits.memory_bytes))
        return false;
    if (ready->parked.argv && !parked_command_serves(&ready->parked, stage))
        return false;
    for (int i = 0; i < N_RLIMITS; i++)
        if (stage->rlimits[i] > ready->rlimits[i])
            return false;
    return true;
}

unsigned int ready_reclaim(struct ready *ready)
{
    unsigned int left = reclaim_cell(&ready->cell);

    parked_command_deinit(&ready->parked);
    *ready = (struct ready)READY_NONE;
    return left;
}
