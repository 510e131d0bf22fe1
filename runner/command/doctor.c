/* SPDX-License-Identifier: MIT */
/* `exrun doctor`: reports what this machine can enforce and run. */
#include "runner/command/command.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "runner/answer/answer.h"
#include "runner/answer/faults.h"
#include "runner/answer/result.h"
#include "runner/command/ask_status.h"
#include "runner/command/doctor_report.h"
#include "runner/command/profile_probe.h"
#include "runner/command/profiles_here.h"
#include "runner/language/language_find.h"
#include "runner/language/language_read.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/cache/prepared.h"

struct options {
    bool is_json;
    const char *profiles;
};

static const struct option_row rows[] = {
    {"profiles", 0, OPTION_TEXT, offsetof(struct options, profiles), "DIR", "look for profiles there first"},
    {"json", 0, OPTION_FLAG, offsetof(struct options, is_json), NULL, "print one JSON object"},
    {NULL}};

static const struct manual manual = {.usage = "exrun doctor [--json]\n",
                                     .about = "Reports which facilities of this machine exrun uses, the cost "
                                              "of each missing one and how to enable it, and which\n"
                                              "languages can be run. Exit status 0 if every limit of every "
                                              "profile can be enforced, otherwise 69. A language that is\n"
                                              "not installed is listed, but is not a fault of the machine.\n",
                                     .rows = rows};

/* Describes a finding that is a fault in the same words as a run that ends with this fault. */
static void word_fault(struct host_finding *answer)
{
    struct error why;

    if (answer->fault.kind == FAULT_NONE)
        return;
    fault_tell(&answer->fault, &(struct fault_context){0}, &why);
    snprintf(answer->found, sizeof(answer->found), "%.*s", (int)sizeof(answer->found) - 1, why.what);
    snprintf(answer->hint, sizeof(answer->hint), "%s", why.hint);
}

static bool ask_facilities(const struct host *host, struct doctor_report *report)
{
    bool is_healthy = true;

    for (size_t i = 0; i < N_HOST_CHECKS; i++) {
        struct host_finding answer = {0};

        host_checks[i].ask(host, &answer);
        word_fault(&answer);
        doctor_report_add_check(report, &host_checks[i], &answer);
        is_healthy &= answer.state == HOST_THERE || !host_checks[i].is_needed;
    }
    return is_healthy;
}

/* Returns true if the language would start faster after `exrun cache warm`. */
static bool is_cold(const struct profile *profile, const struct host *host)
{
    uint8_t toolchain[TOOLCHAIN_BYTES];
    char path[PATH_MAX];

    if (!profile->prepare.argv || !*host->settings.cache || host->settings.cache_bytes == 0)
        return false;
    toolchain_digest(profile, toolchain);
    return !prepared_find(&host->settings, profile, toolchain, path);
}

/* Says whether the service starts the interpreter ahead, and why not. @profile: NULL: no service runs. */
static void describe_warm(const struct status_profile *profile, char *ret, size_t room)
{
    *ret = '\0';
    if (profile && strcmp(profile->warm, "on") == 0)
        snprintf(ret, room, ", started ahead by the service");
    else if (profile && *profile->warm_reason)
        snprintf(ret, room, ", not started ahead by the service: %s", profile->warm_reason);
}

/* Returns false if the profile is broken, or can't be run. A language that is not installed is not
 * a fault of the machine. */
static bool ask_profile(const struct profiles_here *here, const char *name, struct doctor_report *report)
{
    _cleanup_(language_deinit) struct language language = {0};
    const struct host *host = &here->host;
    struct profile_state state = {0};
    char said[sizeof(state.why.what) + sizeof(state.why.hint) + STATUS_FAULT_ROOM + 120],
        warm[STATUS_FAULT_ROOM + 60];
    const char *hint = state.why.hint;
    int r = language_find(here->directories, name, &language, &state.why);

    if (r == 0)
        profile_probe(&language, host, &state);
    if (state.is_usable)
        hint = is_cold(&language.profile, host) ? "run \"exrun cache warm\" to make it faster" : "";
    describe_warm(ask_status_of(&here->status, name), warm, sizeof(warm));
    snprintf(said, sizeof(said), "%s%s%s%s", state.is_usable ? state.version : state.why.what,
             state.is_usable ? warm : "", *hint ? "; " : "", hint);
    doctor_report_add_profile(report, &(struct doctor_report_profile){name, state.is_usable, said});
    return r == 0 && (state.is_usable || state.is_absent);
}

static int diagnose(const struct options *options, bool *ret_healthy, struct error *err)
{
    _cleanup_(profiles_here_close) struct profiles_here here = PROFILES_HERE_NONE;
    struct doctor_report report;
    int r = profiles_here_open(options->profiles, &here, err);

    if (r < 0)
        return r;
    doctor_report_open(&report, options->is_json, stdout);
    *ret_healthy = ask_facilities(&here.host, &report);
    for (char **name = here.names; name && *name; name++)
        *ret_healthy &= ask_profile(&here, *name, &report);
    return answer_check(doctor_report_close(&report, *ret_healthy), err);
}

static int run(const void *options, char *const *words, int *ret_status, struct error *err)
{
    bool is_healthy = false;
    int r = options_no_words(words, err);

    if (r == 0)
        r = diagnose(options, &is_healthy, err);
    *ret_status = is_healthy ? EX_OK : EX_UNAVAILABLE;
    return r;
}

const struct command command_doctor = {
    .name = "doctor",
    .help = "report which limits this machine can enforce, and how to enable the others",
    .manual = &manual,
    .options_size = sizeof(struct options),
    .is_json = offsetof(struct options, is_json),
    .run = run};
