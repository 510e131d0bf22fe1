/* SPDX-License-Identifier: MIT */
/* `exrun audit`: runs hostile programs against this installation. */
#include "runner/command/command.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "runner/answer/answer.h"
#include "runner/answer/result.h"
#include "runner/audit/probe_find.h"
#include "runner/audit/report.h"
#include "runner/audit/report_junit.h"
#include "runner/command/audit_server.h"
#include "runner/command/cancels.h"
#include "runner/language/enter.h"
#include "runner/language/language_find.h"
#include "runner/language/language_read.h"
#include "runner/text/environment.h"
#include "runner/text/name_words.h"
#include "runner/text/search_path.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/strv.h"
#include "sandbox/base/timing.h"
#include "sandbox/plan/pattern.h"

#define EXIT_CANCELLED 130
/* Many probes wait for a limit, so there are more workers than CPUs. Each probe can use as much
 * memory as its limit. */
#define WORKERS_A_CPU 2
#define MOST_WORKERS 16

struct options {
    bool is_json, is_tap, is_junit;
    const char *profile, *profiles, *only, *probes, *server;
};

static const struct option_row rows[] = {
    {"profile", 'p', OPTION_TEXT, offsetof(struct options, profile), "PROFILE",
     "only the probes of this language, run under this profile"},
    {"only", 0, OPTION_TEXT, offsetof(struct options, only), "PATTERN",
     "only probes whose name, group or layer matches: files/*, network, policy"},
    {"server", 0, OPTION_TEXT, offsetof(struct options, server), "ADDRESS",
     "run the probes in a service: unix:PATH of its administrators' socket"},
    {"json", 0, OPTION_FLAG, offsetof(struct options, is_json), NULL, "print one JSON object"},
    {"tap", 0, OPTION_FLAG, offsetof(struct options, is_tap), NULL, "print the Test Anything Protocol"},
    {"junit", 0, OPTION_FLAG, offsetof(struct options, is_junit), NULL, "print JUnit's XML"},
    {"profiles", 0, OPTION_TEXT, offsetof(struct options, profiles), "DIR", "look for profiles there first"},
    {"probes", 0, OPTION_TEXT, offsetof(struct options, probes), "DIR", "look for probes there first"},
    {NULL}};

static const struct manual manual = {
    .usage = "exrun audit [--json | --tap | --junit] [-p PROFILE] [--only PATTERN] [--server ADDRESS]\n",
    .about =
        "Runs hostile programs in cells on this machine, with this machine's profiles, and reports\n"
        "whether each was held, which means that its attack failed. They attack only markers that the\n"
        "audit creates itself: a file, a port, a process. Exit status 0 if all programs that were run\n"
        "were held, 1 if one was not held or did not end as expected, 69 if no program could be run. If\n"
        "the audit itself fails, the exit status is one of those of \"exrun run\".\n",
    .rows = rows};

/* The resources of an audit. */
struct audit {
    struct probes probes;
    struct language language; /* the one given with --profile */
    char **directories;       /* with profiles */
    struct audit_server server;
    struct canary canary;
    struct cancels cancels;
    struct probe_run *runs;
    size_t n;
};

#define AUDIT_NONE                                      \
    {                                                   \
        .canary = CANARY_NONE, .cancels = CANCELS_NONE, \
    }

static void audit_deinit(struct audit *audit)
{
    free(audit->runs);
    canary_close(&audit->canary);
    cancels_close(&audit->cancels);
    language_deinit(&audit->language);
    audit_server_deinit(&audit->server);
    strv_free(audit->directories);
    probes_deinit(&audit->probes);
}

static int find_probes(const struct options *options, struct audit *audit, struct error *err)
{
    _cleanup_(strv_freep) char **directories = NULL;
    int r = search_path_list(&search_path_of_probes, options->probes, &directories, err);

    if (r == 0)
        r = probes_find(directories, &audit->probes, err);
    if (r == 0 && audit->probes.n == 0) {
        error_set(err, -ENOENT, EX_NOINPUT, search_path_of_probes.installed,
                  "has no probes, and neither has any other directory");
        error_hint(err, "install all of exrun, or name a directory with --probes");
        r = -ENOENT;
    }
    return r;
}

static int find_profile(const struct options *options, struct audit *audit, struct error *err)
{
    struct settings settings;
    int r = environment_read(&settings, err);

    if (r == 0)
        r = language_directories(options->profiles, &audit->directories, err);
    if (r == 0 && options->profile)
        r = language_find(audit->directories, options->profile, &audit->language, err);
    /* Entering a user namespace needs a process with one thread. The service has cells of its own. */
    if (r == 0 && !options->server)
        enter_userns(audit->directories, settings.search_path, NULL);
    if (r < 0 && strcmp(err->where, "/profile") == 0) {
        snprintf(err->where, sizeof(err->where), "--profile");
        err->status = EX_USAGE;
    }
    return r;
}

/* Adds the runs of a probe. If its language can't be found, the run itself says why. */
static void add(const struct options *options, const struct probe *probe, struct audit *audit)
{
    _cleanup_(language_deinit) struct language found = {0};
    struct error unused = {0};

    if (options->server && options->profile)
        audit->n += audit_server_plan(&audit->server, probe, &audit->language, &audit->runs[audit->n]);
    else if (options->server &&
             language_find_by_ending(audit->directories, probe->name, &found, &unused) == 0)
        audit->n += audit_server_plan(&audit->server, probe, &found, &audit->runs[audit->n]);
    else
        audit->runs[audit->n++].probe = probe;
}

static int choose(const struct options *options, struct audit *audit, struct error *err)
{
    const char *fault = options->only ? name_words(pattern_check(options->only)) : NULL;

    if (fault)
        return error_set(err, -EINVAL, EX_USAGE, "--only", "%s", fault);
    audit->runs = calloc(audit->probes.n * AUDIT_SERVER_ROWS, sizeof(*audit->runs));
    if (!audit->runs)
        return error_memory(err);
    for (size_t i = 0; i < audit->probes.n; i++) {
        const struct probe *probe = &audit->probes.items[i];

        if ((!options->only || probe_matches(probe, options->only)) &&
            (!options->profile || probe_is_for(&audit->language, probe->name)))
            add(options, probe, audit);
    }
    if (audit->n > 0)
        return 0;
    error_set(err, -ENOENT, EX_USAGE, options->only ? "--only" : "--profile", "does not match any probe");
    error_hint(err, "list the probes, their groups and layers (exrun audit --json)");
    return -ENOENT;
}

static unsigned int workers(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN) * WORKERS_A_CPU;

    return n < WORKERS_A_CPU ? WORKERS_A_CPU : n > MOST_WORKERS ? MOST_WORKERS : (unsigned int)n;
}

static int write_answer(const struct options *options, const struct audit_report *report, struct error *err)
{
    int r;

    if (options->is_json)
        r = audit_report_write_json(report, stdout);
    else if (options->is_tap)
        r = audit_report_write_tap(report, stdout);
    else if (options->is_junit)
        r = audit_report_write_junit(report, stdout);
    else
        r = audit_report_write_text(report, stdout);
    return answer_check(r, err);
}

/* Returns EX_OK only if something was run, because otherwise nothing was proved. */
static int status_of(const struct audit_report *report)
{
    struct audit_count sum = audit_report_count(report);

    if (sum.outcomes[PROBE_ABSENT] == sum.n)
        return EX_UNAVAILABLE;
    return audit_report_holds(report) ? EX_OK : 1;
}

/* Probes must not displace the visitors' compiled programs, so a cache is only used if its place
 * and size are set. */
static bool has_cache(void)
{
    const char *place = getenv("EXRUN_CACHE"), *bytes = getenv("EXRUN_CACHE_BYTES");

    return place && *place && bytes && *bytes;
}

static int prepare(const struct options *options, struct audit *audit, struct error *err)
{
    int r = find_probes(options, audit, err);

    if (r == 0)
        r = find_profile(options, audit, err);
    if (r == 0 && options->server)
        r = audit_server_open(options->server, &audit->server, err);
    if (r == 0)
        r = choose(options, audit, err);
    if (r == 0)
        r = cancels_open(&audit->cancels, err);
    if (r == 0)
        r = canary_open(&audit->canary, err);
    if (r == 0 && !has_cache() && setenv("EXRUN_CACHE_BYTES", "0", 1) < 0)
        r = error_memory(err);
    return r;
}

/* Runs the probes here, or in the service. */
static int run_probes(const struct options *options, struct audit *audit, struct error *err)
{
    const struct probe_runs shared = {.canary = &audit->canary,
                                      .directory = options->profiles,
                                      .profile = options->profile,
                                      .cancel = audit->cancels.signals,
                                      .post = options->server ? audit_server_post : NULL,
                                      .arg = &audit->server};
    unsigned int n = options->server ? audit_server_workers(&audit->server, workers()) : workers();
    int r = probe_runs_do(&shared, audit->runs, audit->n, n, err);

    return r == 0 && options->server ? audit_server_check_left(&audit->server, audit->runs, audit->n, err)
                                     : r;
}

static int audit(const struct options *options, int *ret_status, struct error *err)
{
    _cleanup_(audit_deinit) struct audit audit = AUDIT_NONE;
    uint64_t began_ns = timing_now_ns();
    struct audit_report report;
    int r = prepare(options, &audit, err);

    if (r == 0)
        r = run_probes(options, &audit, err);
    if (r == -ECANCELED) {
        cancels_answer(&audit.cancels);
        *ret_status = EXIT_CANCELLED;
        return 0;
    }
    if (r < 0)
        return r;
    report = (struct audit_report){audit.runs, audit.n, (timing_now_ns() - began_ns) / 1000000};
    *ret_status = status_of(&report);
    return write_answer(options, &report, err);
}

static int run(const void *given, char *const *words, int *ret_status, struct error *err)
{
    const struct options *options = given;
    int r = options_no_words(words, err);

    if (r < 0)
        return r;
    if (options->is_json + options->is_tap + options->is_junit > 1)
        return error_set(err, -EINVAL, EX_USAGE, "", "only one of --json, --tap and --junit can be given");
    return audit(options, ret_status, err);
}

const struct command command_audit = {.name = "audit",
                                      .help =
                                          "run hostile programs in cells, and report whether each was held",
                                      .manual = &manual,
                                      .options_size = sizeof(struct options),
                                      .is_json = offsetof(struct options, is_json),
                                      .run = run};
