/* SPDX-License-Identifier: MIT */
/* Runs and checks probes, several at a time. Each worker is a thread with its own handle of
 * libexrun; it takes the next probe that is not taken yet. */
#include "runner/audit/probe_run.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exrun/exrun.h"
#include "runner/audit/probe_request.h"
#include "runner/language/language_find.h"
#include "runner/language/language_read.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/strv.h"
#include "sandbox/base/timing.h"

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

/* One run of a probe with one handle, which is NULL if another process runs it. */
struct attempt {
    struct session *session;
    struct exrun *exrun;
    const struct probe *probe;
    const char *cell;
    const struct language *language;
    unsigned int copy;
};

/* Runs the request in a cell of this process. */
static int run_here(const struct attempt *attempt, const char *request, char **ret_answer,
                    struct probe_finding *finding)
{
    struct exrun_error why = {0};
    int r = exrun_run_text(attempt->exrun, request, strlen(request), ret_answer, &why);

    if (r == 0)
        return 0;
    free(steal(*ret_answer)); /* a problem */
    if (r != -ENOMEM)
        check_refusal(attempt->session, r, &why, finding);
    return r == -ENOMEM ? r : 0;
}

/* Lets another process run it. */
static int run_there(const struct attempt *attempt, const char *request, char **ret_answer,
                     struct probe_finding *finding)
{
    const struct probe_runs *shared = attempt->session->shared;
    struct probe_post post = {.request = request, .cell = attempt->cell, .cancel = shared->cancel};
    struct error stopped = {0};

    if (shared->post(shared->arg, &post, &stopped) < 0) {
        stop(attempt->session, &stopped);
        return 0;
    }
    *ret_answer = post.answer;
    *finding = post.finding;
    return 0;
}

/* Returns 0 or -ENOMEM. */
static int run_and_check(const struct attempt *attempt, struct probe_finding *finding)
{
    const struct probe_runs *shared = attempt->session->shared;
    _cleanup_(freep) char *request =
        probe_request(attempt->probe, shared->canary, attempt->language, attempt->copy);
    _cleanup_(freep) char *answer = NULL;
    int r = -ENOMEM;

    if (request && shared->post)
        r = run_there(attempt, request, &answer, finding);
    else if (request)
        r = run_here(attempt, request, &answer, finding);
    if (r < 0 || !answer)
        return r;
    r = probe_check(attempt->probe, answer, shared->canary->secret, finding);
    if (r == 0 && attempt->cell)
        r = probe_check_cell(answer, attempt->cell, finding);
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
    int r;

    *ret = NULL;
    if (session->shared->post)
        return 0;
    r = exrun_open(ret, &why);
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
    const struct attempt attempt = {session, exrun, probe, run->cell, &language, 0};
    uint64_t began_ns = timing_now_ns();

    if (*run->finding.why || find_profile(session, probe, &language, &run->finding) < 0)
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
