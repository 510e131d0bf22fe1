/* SPDX-License-Identifier: MIT */
/* Asks a language for its version. */
#include "runner/command/profile_probe.h"

#include <errno.h>
#include <string.h>

#include "runner/answer/faults.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/run/version.h"

static int tell(const struct fault *fault, const struct language *language, const struct plan *plan,
                const struct host *host, struct profile_state *state)
{
    const struct fault_context context = {
        .job = plan ? plan->job : NULL, .language = language, .plan = plan, .host = host};

    return fault_tell(fault, &context, &state->why);
}

static int ask_version(const struct language *language, const struct host *host, struct profile_state *state)
{
    const struct profile *profile = &language->profile;
    const struct cell_cancel nothing[CELL_N_CANCELS] = {{-1, 0}, {-1, 0}};
    const struct language asking = {.package = language->package,
                                    .profile =
                                        profile_for_command(profile, &profile->version, &profile->normal)};
    /* The time limit is the longest allowed, so that a busy machine does not make a language look
     * missing. */
    const struct version_config config = {
        .host = host, .profile = profile, .wall_ms = profile->max.wall_ms, .cancels = nothing};
    struct version version;
    struct fault fault = {0};
    int r = version_ask(&config, &version, &fault);

    if (r < 0)
        return tell(&fault, &asking, NULL, host, state);
    state->is_usable = version.verdict == VERDICT_OK;
    memcpy(state->version, version.text, sizeof(state->version));
    if (!state->is_usable)
        error_set(&state->why, -1, EX_UNAVAILABLE, "", "the command that prints its version ended as \"%s\"",
                  verdict_rows[version.verdict].word);
    return 0;
}

void profile_probe(const struct language *language, const struct host *host, struct profile_state *ret)
{
    const struct profile *profile = &language->profile;
    const struct job job = {0};
    _cleanup_(plan_deinit) struct plan plan = {0};
    struct fault fault = {0};
    int r;

    *ret = (struct profile_state){0};
    r = plan_make(&plan, &(struct plan_config){.job = &job, .profile = profile, .machine = &host->machine},
                  &fault);
    ret->is_absent = r == -ENOENT;
    if (r < 0) {
        tell(&fault, language, &plan, host, ret);
        return;
    }
    if (profile->version.argv)
        ask_version(language, host, ret);
    else
        ret->is_usable = true;
}
