/* SPDX-License-Identifier: MIT */
/* Runs and checks probes, several at a time. Each worker is a thread with its own handle of
 * libexrun; it takes the next probe that is not taken yet. */
#include "runner/audit/probe_run.h"

#include <errno.h>
#include <jansson.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exrun/exrun.h"
#include "runner/language/language_find.h"
#include "runner/language/language_read.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/strv.h"
#include "sandbox/base/timing.h"

/* The time after which a probe counts as hanging. It is long, because several probes run at the
 * same time, and the machine can be slow. */
#define PATIENCE_MS 30000
#define CPU_MS 20000

struct session {
    const struct probe_runs *shared;
    struct probe_run *runs;
    size_t n, next;
    char **directories; /* directories with profiles */
    pthread_mutex_t lock;
    struct error stopped; /* code 0: go on */
};

static void exrun_closep(struct exrun **exrun)
{
    exrun_close(*exrun);
}

static void bytes_deinit(struct bytes *bytes)
{
    free(bytes->data);
}

bool probe_is_for(const struct language *language, const char *name)
{
    size_t length = strlen(name);

    for (char **ending = language->profile.endings; ending && *ending; ending++) {
        size_t part = strlen(*ending);

        if (length > part && strcmp(name + length - part, *ending) == 0)
            return true;
    }
    return false;
}

/* Stops the session. Only the first reason is kept. */
static void stop(struct session *session, const struct error *why)
{
    pthread_mutex_lock(&session->lock);
    if (session->stopped.code == 0)
        session->stopped = *why;
    pthread_mutex_unlock(&session->lock);
}

static bool is_stopped(struct session *session)
{
    bool yes;

    pthread_mutex_lock(&session->lock);
    yes = session->stopped.code != 0;
    pthread_mutex_unlock(&session->lock);
    return yes;
}

/* Returns the limits that the probe requests, within the bounds of its profile. */
static json_t *limits_object(const struct limits *asked, const struct language *language)
{
    json_t *object = json_object();

    for (int limit = 0; limit < N_LIMITS; limit++) {
        uint64_t value = limits_get(asked, limit), least = limits_get(&language->min, limit),
                 most = limits_get(&language->profile.max, limit);

        if (value == 0)
            continue;
        value = value < least ? least : value > most ? most : value;
        json_object_set_new(object, limit_rows[limit].key, json_integer((json_int_t)value));
    }
    return object;
}

static json_t *patterns_array(const struct probe *probe)
{
    json_t *array = json_array();

    for (char *const *one = probe->artifacts; one && *one; one++)
        json_array_append_new(array, json_string(*one));
    return array;
}

/* Adds an argument if the probe has copies, and stdin if it reads. Nothing is added otherwise,
 * because some languages don't take arguments, and some probes don't read. */
static int add_what_it_reads(const struct probe *probe, const struct canary *canary, unsigned int copy,
                             json_t *request)
{
    const struct bytes line = {probe->reads, probe->reads ? strlen(probe->reads) : 0};
    _cleanup_(bytes_deinit) struct bytes filled = {0};
    char number[12];

    snprintf(number, sizeof(number), "%u", copy);
    if (probe->copies > 1 && json_object_set_new(request, "args", json_pack("[s]", number)) < 0)
        return -ENOMEM;
    if (!probe->reads)
        return 0;
    if (canary_fill(canary, &line, &filled) < 0 ||
        json_object_set_new(request, "stdin", json_pack("s%", filled.data, filled.size)) < 0)
        return -ENOMEM;
    return 0;
}

/* Returns the request as text, or NULL if memory is short. */
static char *write_request(const struct probe *probe, const struct canary *canary,
                           const struct language *language, unsigned int copy)
{
    _cleanup_(bytes_deinit) struct bytes source = {0};
    _cleanup_(json_decrefp) json_t *request = NULL;
    struct limits limits = probe->limits;

    if (limits.wall_ms == 0)
        limits.wall_ms = PATIENCE_MS;
    if (limits.cpu_ms == 0)
        limits.cpu_ms = CPU_MS;
    if (canary_fill(canary, &probe->text, &source) < 0)
        return NULL;
    request =
        json_pack("{ss ss% so so}", "profile", language->profile.name, "source", source.data, source.size,
                  "limits", limits_object(&limits, language), "artifacts", patterns_array(probe));
    if (!request || add_what_it_reads(probe, canary, copy, request) < 0)
        return NULL;
    return json_dumps(request, JSON_COMPACT);
}

/* Returns true if this machine can't run anything at all. For any other refusal, the probe is at
 * fault, or the layer that it attacked. */
static bool is_hopeless(const struct exrun_error *why)
{
    return why->status == EX_UNAVAILABLE || why->status == EX_NOPERM || why->status == EX_CONFIG;
}

static void check_refusal(struct session *session, int r, const struct exrun_error *why,
                          struct probe_finding *ret)
{
    struct error stopped = {0};

    if (r == -ENOENT && why->status == EX_UNAVAILABLE) {
        probe_finding_set(ret, PROBE_ABSENT, "%s", why->what);
    } else if (is_hopeless(why)) {
        error_set(&stopped, r, why->status, why->where, "%s", why->what);
        error_hint(&stopped, "%s", why->hint);
        stop(session, &stopped);
    } else {
        probe_finding_set(ret, PROBE_FAILED, "exrun could not run it: %s%s%s", why->where,
                          *why->where ? ": " : "", why->what);
    }
}

/* Keeps the worse of two findings. */
static void add(struct probe_finding *sum, const struct probe_finding *one)
{
    if (one->outcome >= sum->outcome)
        *sum = *one;
}

/* One run of a probe with one handle. */
struct attempt {
    struct session *session;
    struct exrun *exrun;
    const struct probe *probe;
    const struct language *language;
    unsigned int copy;
};

static int ask(const struct attempt *attempt, char **ret_answer, struct exrun_error *why)
{
    _cleanup_(freep) char *request =
        write_request(attempt->probe, attempt->session->shared->canary, attempt->language, attempt->copy);

    *ret_answer = NULL;
    return request ? exrun_run_text(attempt->exrun, request, strlen(request), ret_answer, why) : -ENOMEM;
}

static int run_and_check(const struct attempt *attempt, struct probe_finding *finding)
{
    struct session *session = attempt->session;
    struct exrun_error why = {0};
    char *answer;
    int r = ask(attempt, &answer, &why);

    if (r == 0)
        r = probe_check(attempt->probe, answer, session->shared->canary->secret, finding);
    else if (r != -ENOMEM)
        check_refusal(session, r, &why, finding);
    free(answer);
    return r;
}

static void run_once(const struct attempt *attempt, struct probe_finding *sum)
{
    struct probe_finding finding = {.outcome = PROBE_FAILED};
    struct session *session = attempt->session;
    struct error memory;
    const char *touched;

    if (run_and_check(attempt, &finding) == -ENOMEM) {
        error_memory(&memory);
        stop(session, &memory);
        return;
    }
    pthread_mutex_lock(&session->lock);
    touched = canary_touched(session->shared->canary);
    pthread_mutex_unlock(&session->lock);
    if (touched)
        probe_finding_set(&finding, PROBE_BREACHED, "%s", touched);
    add(sum, &finding);
}

static int open_handle(struct session *session, struct exrun **ret)
{
    struct exrun_error why = {0};
    struct error stopped;
    int r = exrun_open(ret, &why);

    if (r == 0)
        r = exrun_use_profiles(*ret, session->shared->directory, &why);
    if (r < 0) {
        error_set(&stopped, r, why.status, why.where, "%s", why.what);
        stop(session, &stopped);
        return r;
    }
    exrun_cancel_on(*ret, 0, session->shared->cancel, POLLIN);
    return 0;
}

/* One of the copies that run at the same time. */
struct copy {
    struct attempt attempt;
    struct probe_finding finding;
    pthread_t thread;
};

static void *run_copy(void *arg)
{
    _cleanup_(exrun_closep) struct exrun *exrun = NULL;
    struct copy *copy = arg;

    if (open_handle(copy->attempt.session, &exrun) == 0) {
        copy->attempt.exrun = exrun;
        run_once(&copy->attempt, &copy->finding);
    }
    return NULL;
}

static void run_copies(const struct attempt *attempt, struct probe_finding *sum)
{
    struct copy copies[PROBE_MOST_COPIES];
    unsigned int n = 0;

    for (; n < attempt->probe->copies; n++) {
        copies[n] = (struct copy){.attempt = *attempt};
        copies[n].attempt.copy = n;
        if (pthread_create(&copies[n].thread, NULL, run_copy, &copies[n]) != 0) {
            probe_finding_set(sum, PROBE_FAILED, "can't start a thread for one of its copies");
            break;
        }
    }
    while (n-- > 0) {
        pthread_join(copies[n].thread, NULL);
        add(sum, &copies[n].finding);
    }
}

static int find_profile(struct session *session, const struct probe *probe, struct language *language,
                        struct probe_finding *finding)
{
    const char *name = session->shared->profile;
    struct error why = {0};
    int r = name ? language_find(session->directories, name, language, &why)
                 : language_find_by_ending(session->directories, probe->name, language, &why);

    if (r < 0 && why.status == EX_USAGE)
        probe_finding_set(finding, PROBE_ABSENT, "no profile is for files with its ending");
    else if (r < 0)
        stop(session, &why);
    return r;
}

static void try_one(struct session *session, struct exrun *exrun, struct probe_run *run)
{
    _cleanup_(language_deinit) struct language language = {0};
    const struct probe *probe = run->probe;
    const struct attempt attempt = {session, exrun, probe, &language, 0};
    uint64_t began_ns = timing_now_ns();

    if (find_profile(session, probe, &language, &run->finding) < 0)
        return;
    snprintf(run->profile, sizeof(run->profile), "%s", language.profile.name);
    for (uint64_t n = 0; n < probe->runs && !is_stopped(session); n++)
        if (probe->copies > 1)
            run_copies(&attempt, &run->finding);
        else
            run_once(&attempt, &run->finding);
    run->took_ms = (timing_now_ns() - began_ns) / 1000000;
}

static bool is_cancelled(const struct probe_runs *shared)
{
    struct pollfd fd = {.fd = shared->cancel, .events = POLLIN};

    return shared->cancel >= 0 && poll(&fd, 1, 0) > 0;
}

/* Returns the next probe, or NULL if all are taken or the session has been stopped. */
static struct probe_run *next_run(struct session *session)
{
    struct probe_run *run = NULL;

    pthread_mutex_lock(&session->lock);
    if (session->stopped.code == 0 && is_cancelled(session->shared))
        session->stopped = (struct error){.code = -ECANCELED, .status = EX_OK};
    if (session->stopped.code == 0 && session->next < session->n)
        run = &session->runs[session->next++];
    pthread_mutex_unlock(&session->lock);
    return run;
}

static void *work(void *arg)
{
    _cleanup_(exrun_closep) struct exrun *exrun = NULL;
    struct session *session = arg;
    struct probe_run *run;

    if (open_handle(session, &exrun) < 0)
        return NULL;
    while ((run = next_run(session)))
        try_one(session, exrun, run);
    return NULL;
}

int probe_runs_do(const struct probe_runs *shared, struct probe_run *runs, size_t n, unsigned int n_workers,
                  struct error *err)
{
    struct session session = {.shared = shared, .runs = runs, .n = n, .lock = PTHREAD_MUTEX_INITIALIZER};
    pthread_t *threads = calloc(n_workers, sizeof(*threads));
    unsigned int n_started = 0;
    int r;

    if (!threads)
        return error_memory(err);
    r = language_directories(shared->directory, &session.directories, err);
    while (r == 0 && n_started < n_workers && pthread_create(&threads[n_started], NULL, work, &session) == 0)
        n_started++;
    if (r == 0 && n_started == 0)
        r = error_set(err, -EAGAIN, EX_TEMPFAIL, "", "can't start a thread");
    while (n_started > 0)
        pthread_join(threads[--n_started], NULL);
    if (r == 0 && session.stopped.code != 0) {
        *err = session.stopped;
        r = err->code;
    }
    pthread_mutex_destroy(&session.lock);
    strv_free(session.directories);
    free(threads);
    return r;
}
