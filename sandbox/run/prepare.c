/* SPDX-License-Identifier: MIT */
/* Prepares a toolchain. */
#include "sandbox/run/prepare.h"

#include "sandbox/base/cleanup.h"
#include "sandbox/cache/prepared.h"

static int run_command(const struct host *host, const struct profile *profile, const struct run_io *io,
                       struct prepare_result *result, struct fault *fault)
{
    const struct profile of_command =
        profile_for_command(profile, &profile->prepare, &profile->prepare_limits);
    const struct job nothing = {0};
    struct run_io keeping = *io;
    _cleanup_(plan_deinit) struct plan plan = {0};
    /* The command is the operator's own, so it runs even if a limit can't be enforced here. */
    const struct plan_config of_plan = {
        .job = &nothing, .profile = &of_command, .machine = &host->machine, .best_effort = true};
    int r = plan_make(&plan, &of_plan, fault);

    keeping.folder = &result->folder;
    plan.run.may_exec = true; /* it may try out what it has built */
    return r < 0 ? r : run_plan(host, &plan, &keeping, &result->run, fault);
}

int prepare_run(const struct host *host, const struct profile *profile, const struct run_io *io,
                struct prepare_result *ret, struct fault *fault)
{
    _cleanup_(prepared_abandon) struct prepared_new made = PREPARED_NEW_NONE;
    uint8_t toolchain[TOOLCHAIN_BYTES];
    int r;

    *ret = (struct prepare_result){.state = PREPARE_ERROR};
    toolchain_digest(profile, toolchain);
    r = prepared_begin(&host->settings, profile, toolchain, &made);
    if (r != 0) {
        ret->state = r == PREPARED_E_THERE  ? PREPARE_THERE
                     : r == PREPARED_E_BUSY ? PREPARE_BUSY
                                            : PREPARE_ERROR;
        ret->error = r < 0 ? r : 0;
        return 0;
    }
    ret->folder.to = made.folder;
    r = run_command(host, profile, io, ret, fault);
    if (r < 0)
        return r;
    ret->state = PREPARE_FAILED;
    if (ret->folder.error < 0) {
        ret->state = PREPARE_ERROR;
        ret->error = ret->folder.error;
        return 0;
    }
    if (ret->folder.state == FOLDER_FINE) {
        ret->error = prepared_commit(&made, profile, toolchain);
        ret->state = ret->error < 0 ? PREPARE_ERROR : PREPARE_MADE;
    }
    return 0;
}
