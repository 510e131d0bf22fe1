/* SPDX-License-Identifier: MIT */
/* A run of a check. */
#include "sandbox/warm/check_run.h"

#include <errno.h>
#include <string.h>

#include "sandbox/base/cleanup.h"

#define MOST_MS 5000 /* of the check program */

int check_run(const struct checking *checking, const struct check_cells *cells, const char *text,
              struct run_result *ret)
{
    const struct profile *profile = checking->profile;
    char *product[] = {profile->produces, NULL};
    const uint64_t most_ms = profile->max.wall_ms;
    const struct job job = {.profile = profile->name,
                            .asked = {.wall_ms = MOST_MS < most_ms ? MOST_MS : most_ms},
                            .source = {(char *)(uintptr_t)text, strlen(text)},
                            .artifacts = cells->compiles_anew ? product : NULL};
    const struct plan_config config = {
        .job = &job, .profile = profile, .machine = &checking->host->machine, .best_effort = true};
    struct run_io io = RUN_IO_QUIET;
    _cleanup_(plan_deinit) struct plan plan = {0};
    struct fault *fault = &checking->check->fault;
    int r = plan_make(&plan, &config, fault);

    io.ready = cells->ready;
    io.compiler = cells->compiler;
    io.compiles_anew = cells->compiles_anew;
    memcpy(io.cancels, checking->cancels, sizeof(io.cancels));
    if (r == 0)
        r = run_plan(checking->host, &plan, &io, ret, fault);
    checking->check->unreclaimed |= ret->unreclaimed;
    if (r == 0 && (ret->verdict == VERDICT_CANCELLED || ret->verdict == VERDICT_ERROR))
        return fault_set(fault, FAULT_WATCH, -ECANCELED);
    return r;
}

const char *check_text(const struct checking *checking)
{
    return checking->profile->warm.check ? checking->profile->warm.check : "";
}

static bool ran_out_of_time(enum verdict verdict)
{
    return verdict == VERDICT_TIMEOUT || verdict == VERDICT_CPU_TIMEOUT;
}

bool check_was_slow(const struct run_result *a, const struct run_result *b)
{
    return ran_out_of_time(a->run.verdict) != ran_out_of_time(b->run.verdict) ||
           ran_out_of_time(a->compile.verdict) != ran_out_of_time(b->compile.verdict);
}

bool check_are_equal(const struct bytes *a, const struct bytes *b)
{
    return a->size == b->size && (a->size == 0 || memcmp(a->data, b->data, a->size) == 0);
}
