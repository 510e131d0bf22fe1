/* SPDX-License-Identifier: MIT */
/* A cell that is made before the run that it is for. */
#include "sandbox/run/ready.h"

#include <string.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/strv.h"
#include "sandbox/base/utf8.h"
#include "sandbox/cell/cell_start.h"
#include "sandbox/cell/reclaim.h"
#include "sandbox/run/stage_cell.h"

int ready_make(struct ready *ready, const struct host *host, const struct profile *profile,
               struct fault *fault)
{
    _cleanup_(stage_cell_deinit) struct stage_cell common = {.policy = {.is_owned = false}};
    _cleanup_(plan_deinit) struct plan plan = {0};
    /* A process without privileges can only lower its limits, so it starts with the highest that a request
     * may ask for. */
    const struct job most = {.asked = profile->max};
    const struct plan_config config = {
        .job = &most, .profile = profile, .machine = &host->machine, .best_effort = true};
    int r = plan_make(&plan, &config, fault);

    *ready = (struct ready)READY_NONE;
    if (r < 0)
        return r;
    plan.run.limits = profile->normal;
    stage_cell_init(&common, host, profile);
    common.renews_root = true;
    r = stage_cell_make(&common, &plan.run, false, &ready->cell, fault);
    if (r == 0)
        r = cell_wait(&ready->cell, fault);
    if (r < 0)
        return r;
    memcpy(ready->rlimits, plan.run.rlimits, sizeof(ready->rlimits));
    ready->may_exec = plan.run.may_exec;
    ready->memory_bytes = profile->has_proc_files ? profile->normal.memory_bytes : 0;
    ready->is_made = true;
    return 0;
}

/* Returns true if the interpreter looks at the start of this source before it opens the file as such: at the
 * name of another interpreter or at options, and at an archive. A source that is not UTF-8 may be declared to
 * be something else. */
static bool is_looked_at_early(const struct bytes *source)
{
    static const char *const starts[] = {"#!", "PK"};

    for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++)
        if (source->size >= 2 && memcmp(source->data, starts[i], 2) == 0)
            return true;
    return !is_utf8(source->data, source->size);
}

/* Returns true if a program of @stage can't tell that its interpreter was started before. */
static bool is_parked_for(const struct ready *ready, const struct plan_stage *stage)
{
    const struct ready_parked *parked = &ready->parked;

    for (size_t i = 0; i < stage->n_files; i++)
        if (strcmp(stage->files[i].path, parked->entry) == 0 && is_looked_at_early(&stage->files[i].content))
            return false;
    /* It started with these limits. */
    return stage->limits.memory_bytes >= ready->cell.limits.memory_bytes &&
           stage->limits.processes >= ready->cell.limits.processes && strv_equal(parked->argv, stage->argv) &&
           strv_equal(parked->env, stage->env);
}

bool ready_fits(const struct ready *ready, const struct plan_stage *stage)
{
    if (!ready->is_made || ready->may_exec != stage->may_exec ||
        (ready->memory_bytes != 0 && ready->memory_bytes != stage->limits.memory_bytes))
        return false;
    if (ready->parked.argv && !is_parked_for(ready, stage))
        return false;
    for (int i = 0; i < N_RLIMITS; i++)
        if (stage->rlimits[i] > ready->rlimits[i])
            return false;
    return true;
}

unsigned int ready_reclaim(struct ready *ready)
{
    unsigned int left = reclaim_cell(&ready->cell);

    strv_free(ready->parked.argv);
    strv_free(ready->parked.env);
    *ready = (struct ready)READY_NONE;
    return left;
}
