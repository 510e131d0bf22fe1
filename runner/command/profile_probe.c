/* SPDX-License-Identifier: MIT */
/* Asks a language for its version. */
#include "runner/command/profile_probe.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "runner/answer/faults.h"
#include "sandbox/base/cleanup.h"

/* Copies the first line that is not empty. The output of a program has no NUL at its end. */
static void first_line(const struct bytes *text, char *line, size_t room)
{
    size_t start = 0, end;

    while (start < text->size && (text->data[start] == '\n' || text->data[start] == ' '))
        start++;
    for (end = start; end < text->size && text->data[end] != '\n' && end - start < room - 1;)
        end++;
    /* The line is shown on terminals and put into JSON, so only printable ASCII is kept. */
    for (size_t i = start; i < end; i++)
        line[i - start] = (char)(text->data[i] >= ' ' && text->data[i] <= '~' ? text->data[i] : '?');
    line[end - start] = '\0';
}

/* Reads the version from stdout or, because some programs print it there, from stderr. */
static void take_version(const struct run_result *result, struct profile_state *state)
{
    const struct run_outcome *run = &result->run;

    if (result->verdict != VERDICT_OK) {
        error_set(&state->why, -1, EX_UNAVAILABLE, "", "the command that prints its version ended as \"%s\"",
                  verdict_rows[result->verdict].word);
        return;
    }
    state->is_usable = true;
    first_line(run->output.size ? &run->output : &run->errors, state->version, sizeof(state->version));
}

static int tell(const struct fault *fault, const struct language *language, const struct plan *plan,
                const struct host *host, struct profile_state *state)
{
    const struct fault_context context = {.job = plan->job, .language = language, .plan = plan, .host = host};

    return fault_tell(fault, &context, &state->why);
}

static int ask_version(const struct language *language, const struct host *host, struct profile_state *state)
{
    const struct profile *profile = &language->profile;
    const struct language asking = {.package = language->package,
                                    .profile =
                                        profile_for_command(profile, &profile->version, &profile->normal)};
    /* The time limit is the longest allowed, so that a busy machine does not make a language look
     * missing. */
    const struct job job = {.asked = {.wall_ms = profile->max.wall_ms}};
    const struct run_io io = {.input = -1, .sinks = {-1, -1}, .cancels = {{-1, 0}, {-1, 0}}};
    _cleanup_(plan_deinit) struct plan plan = {0};
    _cleanup_(run_result_deinit) struct run_result result = {0};
    struct fault fault = {0};
    int r = plan_make(
        &plan,
        &(struct plan_config){
            .job = &job, .profile = &asking.profile, .machine = &host->machine, .best_effort = true},
        &fault);

    if (r == 0)
        r = run_plan(host, &plan, &io, &result, &fault);
    if (r == 0)
        take_version(&result, state);
    return r < 0 ? tell(&fault, &asking, &plan, host, state) : 0;
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
