/* SPDX-License-Identifier: MIT */
/* `exrun cache`: prepares toolchains, so that programs compile faster. */
#include "runner/command/command.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "runner/answer/answer.h"
#include "runner/answer/faults.h"
#include "runner/command/cache_report.h"
#include "runner/command/cancels.h"
#include "runner/command/host_enter.h"
#include "runner/language/language_find.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/strv.h"
#include "sandbox/run/version.h"

#define BUSY_MS 200 /* between two looks at whether another exrun still prepares */

struct options {
    bool is_json;
    const char *profiles;
};

static const struct option_row rows[] = {
    {"profiles", 0, OPTION_TEXT, offsetof(struct options, profiles), "DIR", "look for profiles there first"},
    {"json", 0, OPTION_FLAG, offsetof(struct options, is_json), NULL, "print one JSON object"},
    {NULL}};

static const struct manual manual = {
    .usage = "exrun cache warm [--profiles DIR] [--json] [PROFILE...]\n",
    .about = "warm: runs the \"prepare\" command of each profile, or of those that are named, once for each "
             "version of\n"
             "its compiler. Afterwards new programs of that language compile faster. Without it they compile "
             "as well.\n"
             "Exit status 0, or 1 if something could not be prepared. A language that is not installed is "
             "listed only.\n",
    .rows = rows};

/* The whole of `warm`. */
struct warming {
    char *const *directories;
    struct host host;
    struct run_io io;
    struct cache_report *report;
};

/* Prepares the profile. If another exrun prepares one, waits until it has ended, or until a signal comes. */
static int prepare(struct warming *warming, const struct profile *profile, struct prepare_result *result,
                   struct fault *fault)
{
    struct pollfd signals = {.fd = warming->io.cancels[0].fd, .events = POLLIN};
    int r;

    do
        r = prepare_run(&warming->host, profile, &warming->io, result, fault);
    while (r == 0 && result->state == PREPARE_BUSY && poll(&signals, 1, BUSY_MS) == 0);
    return r;
}

static int check_program(const struct language *language, struct error *why)
{
    const struct profile *profile = &language->profile;

    if (profile->run.program && (!profile->compile.argv || profile->compile.program))
        return 0;
    error_set(why, -ENOENT, EX_UNAVAILABLE, "", "%s is not installed", language->program);
    error_hint(why, "apt-get install %s", language->package);
    return -ENOENT;
}

/* Describes a fault of the command, which is told as the program of the profile. */
static void tell(const struct warming *warming, const struct language *language, const struct fault *fault,
                 struct error *why)
{
    const struct profile *profile = &language->profile;
    const struct language of_command = {
        .package = language->package,
        .profile = profile_for_command(profile, &profile->prepare, &profile->prepare_limits)};

    fault_tell(fault, &(struct fault_context){.language = &of_command, .host = &warming->host}, why);
}

/* Lets later runs know the version. They find it out themselves if this fails. */
static void ask_version(const struct warming *warming, const struct profile *profile)
{
    struct version version;

    version_get(&(struct version_config){.host = &warming->host,
                                         .profile = profile,
                                         .wall_ms = VERSION_WALL_MS,
                                         .cancels = warming->io.cancels},
                &version);
}

/* Prepares one profile, and adds a row to the report unless there is nothing to prepare. */
static void warm(struct warming *warming, const char *name, bool was_named)
{
    _cleanup_(language_deinit) struct language language = {0};
    struct cache_row row = {.name = name};
    struct prepare_result result = {0};
    struct fault fault = {0};
    int r = language_find(warming->directories, name, &language, &row.why);

    /* The name is a word of the command line, and no member of a request. */
    if (strcmp(row.why.where, "/profile") == 0)
        *row.why.where = '\0';
    if (r == 0)
        ask_version(warming, &language.profile);
    if (r == 0 && !language.profile.prepare.argv) {
        if (was_named)
            cache_report_add(warming->report, &(struct cache_row){.name = name, .state = CACHE_NOTHING});
        return;
    }
    if (r == 0)
        r = check_program(&language, &row.why);
    row.state = r < 0 && row.why.status == EX_UNAVAILABLE && !was_named ? CACHE_ABSENT : CACHE_REFUSED;
    if (r == 0)
        r = prepare(warming, &language.profile, &result, &fault);
    if (r < 0 && fault.kind != FAULT_NONE)
        tell(warming, &language, &fault, &row.why);
    if (r == 0) {
        row.result = &result;
        row.state = cache_state_of(&result);
    }
    cache_report_add(warming->report, &row);
    run_result_deinit(&result.run);
}

static int warm_all(struct warming *warming, char *const *named, struct error *err)
{
    _cleanup_(strv_freep) char **all = NULL;
    _cleanup_(cancels_close) struct cancels cancels = CANCELS_NONE;
    int r = *named ? 0 : language_names(warming->directories, &all, err);

    if (r == 0)
        r = cancels_open(&cancels, err);
    if (r < 0)
        return r;
    warming->io = (struct run_io)RUN_IO_QUIET;
    warming->io.cancels[0] = (struct cell_cancel){.fd = cancels.signals, .events = POLLIN};
    warming->io.cancels[1] = (struct cell_cancel){.fd = -1};
    for (char *const *name = *named ? named : all; name && *name && !warming->report->is_cancelled; name++)
        warm(warming, *name, *named != NULL);
    return 0;
}

static int warm_command(const struct options *options, char *const *named, int *status, struct error *err)
{
    _cleanup_(strv_freep) char **directories = NULL;
    _cleanup_(cache_report_deinit) struct cache_report report = {.is_json = options->is_json, .out = stdout};
    struct warming warming = {.host = HOST_NONE, .report = &report};
    int r = language_directories(options->profiles, &directories, err);

    warming.directories = directories;
    if (r == 0)
        r = host_enter(directories, &warming.host, err);
    if (r == 0)
        report.cache = warming.host.settings.cache;
    if (r == 0)
        r = warm_all(&warming, named, err);
    host_close(&warming.host);
    if (r == 0)
        r = answer_check(cache_report_close(&report), err);
    *status = report.has_failed;
    return r;
}

static int run(const void *options, char *const *words, int *ret_status, struct error *err)
{
    if (*words && strcmp(*words, "warm") == 0)
        return warm_command(options, words + 1, ret_status, err);
    error_set(err, -EINVAL, EX_USAGE, *words ? *words : "", "expected warm");
    error_hint(err, "read the help (exrun cache --help)");
    return -EINVAL;
}

const struct command command_cache = {.name = "cache",
                                      .help = "prepare compilers, so that programs compile faster",
                                      .manual = &manual,
                                      .options_size = sizeof(struct options),
                                      .is_json = offsetof(struct options, is_json),
                                      .run = run};
