/* SPDX-License-Identifier: MIT */
/* `exrun profile`: lists the languages, and checks profiles. */
#include "runner/command/command.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "runner/answer/answer.h"
#include "runner/answer/explain.h"
#include "runner/answer/faults.h"
#include "runner/answer/result.h"
#include "runner/command/ask_status.h"
#include "runner/command/host_enter.h"
#include "runner/command/profile_list.h"
#include "runner/command/profile_probe.h"
#include "runner/command/profiles_here.h"
#include "runner/command/switch.h"
#include "runner/language/language_find.h"
#include "runner/language/language_read.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/strv.h"
#include "sandbox/policy/policy.h"
#include "sandbox/run/version.h"

struct options {
    bool is_json, wants_names;
    const char *profiles;
    char *const *words; /* the words after the subcommand */
};

static const struct option_row rows[] = {
    {"profiles", 0, OPTION_TEXT, offsetof(struct options, profiles), "DIR", "look for profiles there first"},
    {"names", 0, OPTION_FLAG, offsetof(struct options, wants_names), NULL,
     "list only the names, without running anything"},
    {"json", 0, OPTION_FLAG, offsetof(struct options, is_json), NULL, "print the list as JSON"},
    {NULL}};

static const struct manual manual = {
    .usage = "exrun profile list [--json | --names]\n"
             "       exrun profile show NAME\n"
             "       exrun profile check FILE...\n"
             "       exrun profile disable | enable NAME\n",
    .about =
        "list: every language, whether it can be used on this machine, and its version.\n"
        "show: one profile, with the limits that result from it.\n"
        "check: reports each mistake in FILE with its place. If there is one, the exit status is 78.\n"
        "disable, enable: lets the service (exrun serve) refuse new runs of the profile, or accept them\n"
        "again. The switch is kept until the service ends. Exit status 69 if no service runs.\n",
    .rows = rows};

/* Returns the program that runs or compiles the language. */
static const char *profile_program(const struct profile *profile)
{
    if (profile->version.program)
        return profile->version.program;
    return profile->compile.argv ? profile->compile.program : profile->run.program;
}

/* Adds a row. A broken profile gets one too, so that it doesn't hide the others. */
static void list_one(const struct profiles_here *here, const char *name, struct profiles_list *list,
                     int *status)
{
    const struct status_profile *seen = ask_status_of(&here->status, name);
    _cleanup_(language_deinit) struct language language = {0};
    struct profile_state state = {0};

    if (language_find(here->directories, name, &language, &state.why) == 0)
        profile_probe(&language, &here->host, &state);
    else
        *status = state.why.status;
    profiles_add(list, &(struct profiles_row){.name = name,
                                              .title = language.title,
                                              .file = language.file ? language.file : "",
                                              .program = profile_program(&language.profile),
                                              .version = state.version,
                                              .warm = seen                          ? seen->warm
                                                      : language.profile.warm.parks ? "unchecked"
                                                                                    : "none",
                                              .warm_reason = seen ? seen->warm_reason : "",
                                              .is_usable = state.is_usable,
                                              .why = &state.why});
}

static int list_names(const struct options *options, struct error *err)
{
    _cleanup_(strv_freep) char **directories = NULL, **names = NULL;
    int r = language_directories(options->profiles, &directories, err);

    if (r == 0)
        r = language_names(directories, &names, err);
    for (char **name = names; name && *name && r == 0; name++)
        puts(*name);
    return r < 0 ? r : answer_check(answer_end(stdout), err);
}

static int list_all(const struct options *options, int *status, struct error *err)
{
    _cleanup_(profiles_here_close) struct profiles_here here = PROFILES_HERE_NONE;
    struct profiles_list list;
    int r;

    r = options_no_words(options->words, err);
    if (r == 0 && options->wants_names && options->is_json)
        r = error_set(err, -EINVAL, EX_USAGE, "", "only one of --json and --names can be given");
    if (r < 0)
        return r;
    if (options->wants_names)
        return list_names(options, err);
    r = profiles_here_open(options->profiles, &here, err);
    if (r < 0)
        return r;
    profiles_open(&list, options->is_json, stdout);
    for (char **name = here.names; name && *name; name++)
        list_one(&here, *name, &list, status);
    return answer_check(profiles_close(&list), err);
}

/* Refuses flags that only "list" has, because they would silently have no effect. The output of
 * "show" is always for machines. */
static int check_flags(const struct options *options, bool json_too, struct error *err)
{
    if (!options->wants_names && !json_too)
        return 0;
    return error_set(err, -EINVAL, EX_USAGE, options->wants_names ? "--names" : "--json",
                     "is not an option of this subcommand");
}

/* Finds out the version, if programs can be run here. */
static void find_version(char *const *directories, const struct profile *profile, struct version *ret)
{
    const struct cell_cancel nothing[CELL_N_CANCELS] = {{-1, 0}, {-1, 0}};
    struct host host = HOST_NONE;
    const struct version_config config = {.host = &host,
                                          .profile = profile,
                                          .wall_ms = VERSION_WALL_MS,
                                          .may_be_unkept = true,
                                          .cancels = nothing};
    struct error why = {0};

    *ret = (struct version){.text = ""};
    if (host_enter(directories, &host, &why) == 0)
        version_get(&config, ret);
    host_close(&host);
}

static int show(const struct options *options, int *status, struct error *err)
{
    _cleanup_(strv_freep) char **directories = NULL;
    _cleanup_(language_deinit) struct language language = {0};
    struct version version;
    int r;

    (void)status;
    if (!*options->words)
        return error_set(err, -EINVAL, EX_USAGE, "", "no profile was given; choose one (exrun profile list)");
    r = options_no_words(options->words + 1, err);
    if (r == 0)
        r = check_flags(options, false, err);
    if (r == 0)
        r = language_directories(options->profiles, &directories, err);
    if (r == 0)
        r = language_find(directories, *options->words, &language, err);
    /* The error names a member of a request, but here the name is a word of the command line. */
    if (r < 0 && strcmp(err->where, "/profile") == 0) {
        snprintf(err->where, sizeof(err->where), "NAME");
        err->status = EX_USAGE;
    }
    if (r < 0)
        return r;
    find_version(directories, &language.profile, &version);
    return answer_check(profiles_show(&language, version.text, stdout), err);
}

/* Reads the profile as for a run, and compiles its policy and patterns. This finds system calls
 * that do not exist, and invalid patterns. */
static int check_one(const char *path, struct error *err)
{
    _cleanup_(language_deinit) struct language language = {0};
    _cleanup_(policy_deinit) struct policy policy = {0};
    const struct fault_context context = {.language = &language};
    struct fault fault = {0};
    int r = language_read(path, &language, err);

    if (r == 0)
        r = policy_make(&language.profile, true, &policy, &fault);
    if (fault.kind != FAULT_NONE)
        fault_tell(&fault, &context, err);
    return r < 0 ? r : explain_check(&language, err);
}

static int check(const struct options *options, int *status, struct error *err)
{
    if (!*options->words)
        return error_set(err, -EINVAL, EX_USAGE, "", "no file was given");
    if (check_flags(options, options->is_json, err) < 0)
        return -EINVAL;
    for (char *const *path = options->words; *path; path++) {
        struct error mistake = {0};

        if (check_one(*path, &mistake) < 0) {
            result_write_sentence(&mistake, stderr);
            *status = mistake.status;
        } else {
            printf("%s: fine\n", *path);
        }
    }
    return 0;
}

static int switch_one(const struct options *options, bool is_disabled, struct error *err)
{
    const char *name = *options->words;
    int r = 0;

    if (!name)
        r = error_set(err, -EINVAL, EX_USAGE, "", "no profile was given; choose one (exrun profile list)");
    if (r == 0)
        r = options_no_words(options->words + 1, err);
    if (r == 0)
        r = check_flags(options, false, err);
    return r < 0 ? r : switch_profile(name, is_disabled, err);
}

static int disable(const struct options *options, int *status, struct error *err)
{
    (void)status;
    return switch_one(options, true, err);
}

static int enable(const struct options *options, int *status, struct error *err)
{
    (void)status;
    return switch_one(options, false, err);
}

static const struct {
    const char *word;
    int (*main)(const struct options *options, int *status, struct error *err);
} subcommands[] = {
    {"list", list_all}, {"show", show}, {"check", check}, {"disable", disable}, {"enable", enable}};

static int choose(const struct options *options, int *status, struct error *err)
{
    struct options rest = *options;

    for (size_t i = 0; *options->words && i < sizeof(subcommands) / sizeof(*subcommands); i++) {
        if (strcmp(*options->words, subcommands[i].word) != 0)
            continue;
        rest.words = options->words + 1;
        return subcommands[i].main(&rest, status, err);
    }
    error_set(err, -EINVAL, EX_USAGE, *options->words ? *options->words : "",
              "expected list, show, check, disable or enable");
    error_hint(err, "read the help (exrun profile --help)");
    return -EINVAL;
}

static int run(const void *given, char *const *words, int *ret_status, struct error *err)
{
    struct options options = *(const struct options *)given;

    options.words = words;
    return choose(&options, ret_status, err);
}

const struct command command_profile = {.name = "profile",
                                        .help = "list the languages, check and disable profiles",
                                        .manual = &manual,
                                        .options_size = sizeof(struct options),
                                        .is_json = offsetof(struct options, is_json),
                                        .run = run};
