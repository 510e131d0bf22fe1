/* SPDX-License-Identifier: MIT */
/* A cell for a stage of a profile's runs. */
#include "sandbox/run/stage_cell.h"

#include <string.h>

#include "sandbox/cache/prepared.h"

void stage_cell_init(struct stage_cell *common, const struct host *host, const struct profile *profile)
{
    *common = (struct stage_cell){.host = host, .profile = profile};
    if (!profile->compile.argv && !profile->prepare.argv)
        return;
    toolchain_digest(profile, common->toolchain);
    if (!profile->prepare.argv ||
        !prepared_find(&host->settings, profile, common->toolchain, common->prepared))
        *common->prepared = '\0';
}

/* The filter is compiled for the first cell, because a run in a cell that was made before needs none. */
static int make_policy(struct stage_cell *common, struct fault *fault)
{
    const unsigned int can = common->host->machine.can;
    int r = 0;

    if (!common->has_policy && can & CAN_POLICY)
        r = policy_make(common->profile, can & CAN_NAME_CALLS, &common->policy, fault);
    common->has_policy = r == 0;
    return r;
}

int stage_cell_make(struct stage_cell *common, const struct plan_stage *stage, bool prepares,
                    struct cell *cell, struct fault *fault)
{
    const struct host *host = common->host;
    const struct profile *profile = common->profile;
    struct cell_config config = {.settings = &host->settings,
                                 .tree = &host->tree,
                                 .mounts = profile->mounts,
                                 .n_mounts = profile->n_mounts,
                                 .etc = profile->etc,
                                 .n_etc = profile->n_etc,
                                 .prepared = *common->prepared ? common->prepared : NULL,
                                 .prepares = prepares,
                                 .has_proc_files = profile->has_proc_files,
                                 .has_large_pipes = host->machine.can & CAN_RAISE,
                                 .may_name_calls = host->machine.can & CAN_NAME_CALLS,
                                 .may_exec = stage->may_exec,
                                 .kept = host->kept,
                                 .renews_root = common->renews_root,
                                 .has_own_network = common->has_own_network,
                                 .n_ids = host->n_ids,
                                 .limits = stage->limits};
    int r = make_policy(common, fault);

    *cell = (struct cell)CELL_INIT;
    if (r < 0)
        return r;
    config.filter = common->policy.program.filter ? &common->policy.program : NULL;
    memcpy(config.rlimits, stage->rlimits, sizeof(config.rlimits));
    return cell_make(cell, &config, fault);
}

void stage_cell_deinit(struct stage_cell *common)
{
    policy_deinit(&common->policy);
}
