/* SPDX-License-Identifier: MIT */
/* Finds out whether the programs of a language run in parked cells as they do in others. */
#include "sandbox/warm/check.h"

#include <errno.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/warm/compiler.h"
#include "sandbox/warm/compiler_check.h"
#include "sandbox/warm/fingerprint.h"
#include "sandbox/warm/park.h"

/* Compares the program's own ends. Returns 0, or -ENOTUNIQ with a fault. */
static int compare(const struct run_result *parked, const struct run_result *other, struct fault *fault)
{
    const struct run_outcome *a = &parked->run, *b = &other->run;
    const bool is_equal[CHECK_COMPILER] = {
        [CHECK_VERDICT] = parked->verdict == other->verdict,
        [CHECK_EXIT] = a->exit_code == b->exit_code,
        [CHECK_SIGNAL] = a->signal == b->signal,
        [CHECK_STDOUT] = check_are_equal(&a->output, &b->output),
        [CHECK_STDERR] = check_are_equal(&a->errors, &b->errors),
    };

    for (size_t i = 0; i < CHECK_COMPILER; i++)
        if (!is_equal[i])
            return fault_set_index(fault, FAULT_UNEQUAL, -ENOTUNIQ, i);
    return 0;
}

/* Runs the program in a parked cell. Returns 0 or -errno; @ret->cell tells whether the cell was one. */
static int run_parked(const struct checking *checking, struct run_result *ret)
{
    struct ready ready = READY_NONE;
    const struct job job = {.profile = checking->profile->name};
    struct warm_check *check = checking->check;
    int r = ready_make(&ready, checking->host, checking->profile, STAGE_RUN, &check->fault);

    if (r == 0) {
        r = park(&ready, checking->host, checking->profile, &job, &check->fault);
        check->is_known = r < 0 && r != -ETIMEDOUT && !fault_is_shortage(-r);
    }
    if (r == 0)
        r = check_run(checking, &(struct check_cells){.ready = &ready}, check_text(checking), ret);
    check->unreclaimed |= ready_reclaim(&ready);
    if (r == 0 && ret->cell != RUN_CELL_PARKED) {
        check->is_known = true;
        return fault_set(&check->fault, FAULT_PARKED, -ENOTSUP);
    }
    return r;
}

void warm_check(const struct host *host, const struct profile *profile, const struct cell_cancel *cancels,
                struct warm_check *ret)
{
    const struct checking checking = {host, profile, cancels, ret};
    _cleanup_(run_result_deinit) struct run_result parked = {.verdict = VERDICT_ERROR},
                                                   other = {.verdict = VERDICT_ERROR};

    *ret = (struct warm_check){.fingerprint = fingerprint_whole(profile, &host->settings)};
    /* This one compiles it, if it has to be. Otherwise the other cell would be used for that. */
    if (check_run(&checking, &(struct check_cells){.ready = NULL}, check_text(&checking), &other) < 0 ||
        run_parked(&checking, &parked) < 0)
        return;
    ret->is_known = !check_was_slow(&parked, &other);
    if (compare(&parked, &other, &ret->fault) == 0 && compiler_can_wait(host, profile))
        compiler_check(&checking);
}
