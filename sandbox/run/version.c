/* SPDX-License-Identifier: MIT */
/* Finds out the version of a language's program. */
#include "sandbox/run/version.h"

#include <string.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/cache/versions.h"

#define OUTPUT_BYTES 4096 /* of the command; some print a page about themselves behind the version */

uint64_t version_state(const struct profile *profile)
{
    return versions_state(profile);
}

static int run_command(const struct version_config *config, struct run_result *result, struct fault *fault)
{
    const struct profile *profile = config->profile;
    const struct profile of_command = profile_for_command(profile, &profile->version, &profile->normal);
    uint64_t most_ms = profile->max.wall_ms;
    const struct job job = {.asked = {.wall_ms = config->wall_ms < most_ms ? config->wall_ms : most_ms,
                                      .output_bytes = OUTPUT_BYTES}};
    struct run_io io = RUN_IO_QUIET;
    _cleanup_(plan_deinit) struct plan plan = {0};
    /* The command is the operator's own, so it runs even if a limit can't be enforced here. */
    const struct plan_config of_plan = {
        .job = &job, .profile = &of_command, .machine = &config->host->machine, .best_effort = true};
    int r = plan_make(&plan, &of_plan, fault);

    memcpy(io.cancels, config->cancels, sizeof(io.cancels));
    return r < 0 ? r : run_plan(config->host, &plan, &io, result, fault);
}

int version_ask(const struct version_config *config, struct version *ret, struct fault *fault)
{
    _cleanup_(run_result_deinit) struct run_result result = {.verdict = VERDICT_ERROR};
    uint64_t state = version_state(config->profile);
    int r = run_command(config, &result, fault);

    *ret = (struct version){.verdict = result.verdict, .unreclaimed = result.unreclaimed};
    if (r < 0)
        return r;
    /* Some programs print it to stderr. */
    if (result.verdict == VERDICT_OK)
        version_text_take(result.run.output.size > 0 ? &result.run.output : &result.run.errors, ret->text);
    if (result.verdict != VERDICT_CANCELLED &&
        !versions_store(&config->host->settings, config->profile, state, ret->text))
        *ret->text = '\0';
    return 0;
}

void version_get(const struct version_config *config, struct version *ret)
{
    const struct settings *settings = &config->host->settings;
    struct fault fault = {0};

    *ret = (struct version){.verdict = VERDICT_OK};
    if (version_state(config->profile) == 0 || versions_find(settings, config->profile, ret->text) ||
        config->wall_ms == 0)
        return;
    if (config->may_be_unkept || versions_can_keep(settings, config->profile))
        version_ask(config, ret, &fault);
}
