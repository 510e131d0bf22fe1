/* SPDX-License-Identifier: MIT */
/* `exrun clean`: removes leftovers of dead runs, and the cache of compiled programs. */
#include "runner/command/command.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runner/answer/answer.h"
#include "runner/answer/faults.h"
#include "runner/answer/result.h"
#include "runner/command/clean_report.h"
#include "runner/front/front_load.h"
#include "runner/text/environment.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd_read.h"
#include "sandbox/cache/compile_cache.h"
#include "sandbox/cache/prepared.h"
#include "sandbox/cache/versions.h"
#include "sandbox/cell/cgroup.h"
#include "sandbox/cell/lease.h"
#include "sandbox/warden/listener.h"

struct options {
    bool wants_cache, is_dry, is_json;
    uint64_t older_than_ms;
};

static const struct option_row rows[] = {
    {"dry-run", 0, OPTION_FLAG, offsetof(struct options, is_dry), NULL,
     "only report the leftovers, without removing them"},
    {"older-than", 0, OPTION_TIME, offsetof(struct options, older_than_ms), "TIME",
     "keep everything younger: 500ms, 5s, 2m, 1h, 1d"},
    {"cache", 0, OPTION_FLAG, offsetof(struct options, wants_cache), NULL,
     "also remove compiled programs and what \"exrun cache warm\" made"},
    {"json", 0, OPTION_FLAG, offsetof(struct options, is_json), NULL, "print one JSON object"},
    {NULL}};

static const struct manual manual = {
    .usage = "exrun clean [--dry-run] [--older-than TIME] [--cache] [--json]\n",
    .about = "Removes leftovers of runs whose exrun was killed: cgroups, their processes, and slots. Also "
             "removes\n"
             "the sockets of a service that was killed. Running cells are not touched, and several \"exrun "
             "clean\"\n"
             "can run at the same time. Exit status 0, or 1 if a leftover could not be removed.\n",
    .rows = rows};

/* Refuses to clean if a group can't be seen, because only the slot's file refers to the group, and
 * must not be removed before it. */
static int check_sight(const struct cgroup_tree *tree, struct error *err)
{
    const char *unseen = cgroup_tree_unseen(tree);

    if (!unseen)
        return 0;
    if (access(unseen, W_OK) < 0 && errno == EACCES) {
        error_set(err, -EACCES, EX_NOPERM, unseen,
                  "is not writable by this user, so leftovers of dead runs can't be removed");
        error_hint(err, "run \"exrun clean\" as the user who runs programs");
        return -EACCES;
    }
    error_set(err, -EROFS, EX_UNAVAILABLE, unseen,
              "is not writable, so leftovers of dead runs can't be removed");
    error_hint(err, "run \"exrun clean\" in the environment that runs programs, which has the cgroups "
                    "mounted for writing");
    return -EROFS;
}

/* Sockets with other names are in the configuration, and the next start of the service replaces them. */
static const char *const sockets[] = {FRONT_SOCKET, FRONT_ADMIN_SOCKET};

static void clean_socket(const struct reclaim_wish *wish, const char *name)
{
    struct clean_report *report = wish->arg;
    char path[SETTINGS_RUNTIME_ROOM + sizeof(FRONT_ADMIN_SOCKET) + 1];
    struct stat st;
    int r;

    snprintf(path, sizeof(path), "%s/%s", wish->runtime, name);
    if (lstat(path, &st) < 0 || reclaim_is_young(wish, fd_changed_ms(&st)))
        return;
    r = listener_discard(path, wish->is_dry);
    if (r < 0)
        wish->failed(report, RECLAIM_SOCKETS, name, r);
    report->stale[RECLAIM_SOCKETS].items += r == LISTENER_E_DEAD;
}

/* Removes what a killed service left. Looking needs no lock, and creates nothing. */
static int clean_sockets(const struct reclaim_wish *wish)
{
    _cleanup_(fd_closep) int lock = wish->is_dry ? -1 : lease_lock(wish->runtime);

    if (lock < 0 && !wish->is_dry)
        return lock;
    for (size_t i = 0; i < sizeof(sockets) / sizeof(*sockets); i++)
        clean_socket(wish, sockets[i]);
    return 0;
}

static int clean_stale(const struct options *options, const struct settings *settings,
                       struct clean_report *report, struct error *err)
{
    struct reclaim_wish wish = {.runtime = settings->runtime,
                                .is_dry = options->is_dry,
                                .older_than_ms = options->older_than_ms,
                                .failed = clean_report_note,
                                .arg = report};
    struct cgroup_tree tree = CGROUP_TREE_NONE;
    const struct host host = {.settings = *settings};
    const struct fault_context context = {.host = &host};
    int r = cgroup_tree_open(&tree, settings->cgroup, false);

    if (r < 0)
        fault_tell(&(struct fault){.kind = FAULT_CGROUPS, .error = r}, &context, err);
    if (r == 0)
        r = check_sight(&tree, err);
    if (r == 0) {
        r = reclaim_stale(&tree, &wish, report->stale);
        if (r >= 0)
            r = clean_sockets(&wish);
        if (r < 0)
            fault_tell(&(struct fault){.kind = FAULT_LEASE, .error = r}, &context, err);
    }
    cgroup_tree_close(&tree);
    return r < 0 ? r : 0;
}

static int clean_cache(bool is_dry, const struct settings *settings, struct clean_report *report,
                       struct error *err)
{
    _cleanup_(compile_cache_close) struct compile_cache cache;
    struct compile_cache_cleared cleared;
    int r;

    compile_cache_open(&cache, settings);
    r = compile_cache_clear(&cache, is_dry, &cleared);
    if (r == 0)
        r = versions_clear(settings, is_dry);
    if (r < 0)
        return error_set(err, r, EX_OSERR, settings->cache, "can't be cleared: %s", strerror(-r));
    report->had_cache = true;
    report->compiled = (struct reclaim_count){cleared.entries, cleared.bytes};
    return 0;
}

static int clean_prepared(const struct options *options, const struct settings *settings,
                          struct clean_report *report, struct error *err)
{
    struct prepared_count cleared;
    int r = prepared_clear(settings, options->wants_cache, options->is_dry, &cleared);

    if (r < 0)
        return error_set(err, r, EX_OSERR, settings->cache, "can't be cleared: %s", strerror(-r));
    report->prepared = (struct reclaim_count){cleared.folders, cleared.bytes};
    return 0;
}

static int clean(const struct options *options, struct clean_report *report, struct error *err)
{
    struct settings settings;
    int r = environment_read(&settings, err);

    if (r == 0)
        r = clean_stale(options, &settings, report, err);
    if (r == 0 && options->wants_cache)
        r = clean_cache(options->is_dry, &settings, report, err);
    if (r == 0)
        r = clean_prepared(options, &settings, report, err);
    return r < 0 ? r : answer_check(clean_report_write(report, options->is_json, stdout), err);
}

static int run(const void *given, char *const *words, int *ret_status, struct error *err)
{
    const struct options *options = given;
    _cleanup_(clean_report_deinit) struct clean_report report = {.is_dry = options->is_dry};
    int r = options_no_words(words, err);

    if (r == 0)
        r = clean(options, &report, err);
    *ret_status = report.n_failed > 0;
    return r;
}

const struct command command_clean = {.name = "clean",
                                      .help = "remove leftovers of dead runs",
                                      .manual = &manual,
                                      .options_size = sizeof(struct options),
                                      .is_json = offsetof(struct options, is_json),
                                      .run = run};
