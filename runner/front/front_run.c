/* SPDX-License-Identifier: MIT */
/* A run of the service, from its request to its answer. */
#include "runner/front/front_run.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/answer/hidden.h"
#include "runner/answer/program_text.h"
#include "runner/answer/result.h"
#include "runner/answer/sentences.h"
#include "runner/front/front.h"
#include "runner/front/front_demand.h"
#include "runner/front/front_kept.h"
#include "runner/front/front_keys.h"
#include "runner/front/front_memory.h"
#include "runner/front/front_metrics.h"
#include "runner/front/front_orders.h"
#include "runner/front/front_plan.h"
#include "runner/front/front_stream.h"
#include "runner/front/front_versions.h"
#include "runner/front/front_waiters.h"
#include "runner/front/resource_url.h"
#include "runner/front/run_events.h"
#include "runner/request/request.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/timing.h"
#include "sandbox/keeper/outcome.h"

#define SMALL_BYTES (64 << 10) /* of outputs whose answer the loop writes itself */

struct front_run *front_run_of(struct queue_run *link)
{
    return (struct front_run *)((char *)link - offsetof(struct front_run, link));
}

void front_run_drop(struct front_run *run)
{
    run_events_unref(run->events);
    front_input_deinit(&run->input);
    plan_deinit(&run->plan);
    job_deinit(&run->job);
    free(run->client);
    front_load_unref(run->load);
    free(run);
}

void front_run_dropp(struct front_run **run)
{
    if (*run)
        front_run_drop(*run);
}

/* Takes the run out of the front's lists. */
static void forget(struct front *front, struct front_run *run)
{
    TAILQ_REMOVE(&front->runs, run, entry);
    front_run_drop(run);
    front_check_drain(front);
}

/* Returns true if somebody wants the answer. */
static bool is_wanted(const struct front_run *run)
{
    return front_waiters_any(run) || run->is_async || (run->events && run->events->n_readers > 0);
}

/* Returns true if the run is being cancelled, and nobody waits for it any more. */
static bool is_abandoned(const struct front_run *run)
{
    return run->is_deleted && !front_waiters_any(run) && !run->is_async;
}

struct front_run *front_run_find(struct front *front, const char *principal, const char *id)
{
    struct front_run *run;

    TAILQ_FOREACH(run, &front->runs, entry)
    if (strcmp(run->id, id) == 0 && strcmp(run->principal, principal) == 0 && !is_abandoned(run))
        return run;
    return NULL;
}

struct front_run *front_run_read(const char *text, size_t size, struct error *err)
{
    _cleanup_(front_run_dropp) struct front_run *run = calloc(1, sizeof(*run));
    struct sha256_ctx hash;

    if (!run) {
        error_memory(err);
        return NULL;
    }
    run->received_ns = timing_now_ns();
    run->link.bytes = size;
    TAILQ_INIT(&run->waiters);
    if (request_read(text, size, &run->job, err) < 0)
        return NULL;
    if (run->job.id) {
        sha256_init(&hash);
        sha256_update(&hash, size, (const uint8_t *)text);
        sha256_digest(&hash, sizeof(run->digest), run->digest);
    }
    return steal(run);
}

static int add_to_text(void *arg, const char *data, size_t size)
{
    return growing_add(arg, data, size);
}

/* An answer that is written. @content: NULL if memory is short. @lean: for readers of events; NULL: there are
 * none, or memory is short. */
struct answering {
    struct work work;
    struct front *front;
    struct front_run *run;
    struct run_result result;
    char version[VERSION_TEXT_ROOM]; /* copied, because the loop can change it */
    struct content *content, *lean;
};

/* Writes the result to @content. If memory is short, that becomes NULL. */
static void write_content(const struct answering *answering, const struct result_words *words,
                          struct content **content)
{
    const struct json_sink sink = {add_to_text, *content ? &(*content)->text : NULL};

    if (!*content)
        return;
    if (result_write(&answering->result, &answering->run->plan, words, &sink,
                     words->is_lean ? NULL : &(*content)->parts) == 0)
        growing_fit(&(*content)->text);
    else
        content_unref(steal(*content));
}

static void write_answer(struct work *work)
{
    struct answering *answering = (struct answering *)work;
    const struct front_run *run = answering->run;
    const struct language *language = &run->load->languages[run->profile];
    struct sentence sentence;
    _cleanup_(freep) char *program = program_text(language, answering->version);
    const struct resource_urls of_run = {answering->front->resource_secret,
                                         {run->principal, run->id, run->received_ns, NULL}};
    const struct result_urls urls = {resource_url_write, &of_run};
    struct result_words words = {&sentence, program,
                                 .urls = run->load->config.keep.seconds > 0 ? &urls : NULL};

    sentences_of(&answering->result, &run->plan, language, &sentence);
    hidden_remove(&answering->result, language);
    write_content(answering, &words, &answering->content);
    words.is_lean = true;
    write_content(answering, &words, &answering->lean);
}

/* Sends the answer to the waiters that are still there, keeps it, and forgets the run. */
static void send_answer(struct work *work)
{
    struct answering *answering = (struct answering *)work;
    struct front_run *run = answering->run;

    if (answering->content)
        front_waiters_answer(run, answering->content);
    else
        front_waiters_close(run);
    front_stream_answer(run, &answering->result, answering->content, answering->lean);
    front_memory_release(answering->front, run->is_answering ? run->reserved_bytes : 0);
    if (answering->content && !run->is_forgotten)
        front_kept_add(answering->front, run, answering->content);
    forget(answering->front, run);
    content_unref(answering->content);
    content_unref(answering->lean);
    run_result_deinit(&answering->result);
    free(answering);
}

/* Returns the bytes that a client gets, before they are written as JSON. */
static size_t size_of(const struct run_result *result)
{
    size_t size = result->run.output.size + result->run.errors.size;

    for (size_t i = 0; i < result->artifacts.n; i++)
        size += result->artifacts.items[i].content.size;
    return size;
}

/* Returns the version of the program that has run. A run that was not started has none to compare. */
static const char *version_of(struct front *front, const struct front_run *run,
                              const struct run_result *result)
{
    if (result->program == 0)
        return run->load->versions[run->profile].text;
    return front_versions_check(front, run->load, run->profile, result->program);
}

/* Answers the waiters with a result, which is taken, and forgets the run. */
static void answer(struct front *front, struct front_run *run, struct run_result *result)
{
    struct answering *answering = is_wanted(run) ? calloc(1, sizeof(*answering)) : NULL;
    size_t size;

    front_status_note(front, run, result->verdict);
    result->is_of_service = true;
    result->queue_us = ((run->sent_ns ? run->sent_ns : timing_now_ns()) - run->received_ns) / 1000;
    front_log_run(front, run, result);
    front_metrics_note_run(front, run, result);
    if (answering)
        answering->content = content_new();
    if (!answering || !answering->content) {
        free(answering);
        front_waiters_close(run);
        if (run->events) /* memory is short, or nobody reads them */
            run_events_end(run->events, NULL, NULL);
        forget(front, run);
        return;
    }
    *answering = (struct answering){.work = {.act = write_answer, .done = send_answer},
                                    .front = front,
                                    .run = run,
                                    .result = *result,
                                    .content = answering->content,
                                    .lean = run->events ? content_new() : NULL};
    snprintf(answering->version, sizeof(answering->version), "%s", version_of(front, run, result));
    *result = (struct run_result){.verdict = VERDICT_ERROR};
    size = size_of(&answering->result);
    if (size <= SMALL_BYTES) {
        write_answer(&answering->work);
        send_answer(&answering->work);
        return;
    }
    run->is_answering = true;
    front_memory_reserve(front, run->reserved_bytes);
    worker_give(&front->worker, &answering->work, size);
}

static void answer_verdict(struct front *front, struct front_run *run, enum verdict verdict)
{
    struct run_result result = {
        .verdict = verdict, .run = {.verdict = verdict, .exit_code = -1}, .has_run = true};

    answer(front, run, &result);
}

/* Ends a run whose waiters were refused. Others get a result: those who were told 202, and readers of a run
 * that has waited for too long (front_waiters.h). */
static void end_refused(struct front *front, struct front_run *run)
{
    run->is_forgotten |= !run->is_async; /* the same request can come again, as a new run */
    if (is_wanted(run))
        answer_verdict(front, run, VERDICT_ERROR);
    else
        forget(front, run);
}

void front_run_give_up(struct front *front, struct front_run *run)
{
    queue_remove(&front->queue, &run->link);
    answer_verdict(front, run, VERDICT_ERROR);
}

void front_run_turn_away(struct front *front, struct front_run *run, unsigned int status, const char *detail)
{
    queue_remove(&front->queue, &run->link);
    front_waiters_refuse_for_now(run, status, detail);
    end_refused(front, run);
}

void front_run_give_up_all(struct front *front, unsigned int profile)
{
    struct front_run *next;

    for (struct front_run *run = TAILQ_FIRST(&front->runs); run; run = next) {
        next = TAILQ_NEXT(run, entry);
        if (run->profile == profile && front_run_waits(run))
            front_run_give_up(front, run);
    }
}

int front_run_end(struct front *front, struct front_run *run, char *outcome, size_t size)
{
    _cleanup_(run_result_deinit) struct run_result result = {.verdict = VERDICT_ERROR};
    struct pack pack = PACK_READ(outcome, size);
    int r;

    outcome_pack(&pack, &result);
    if (pack_end(&pack) < 0)
        return -EBADMSG;
    front->keepers.n_starts[result.cell]++;
    if (run->load == front->load && result.cell == RUN_CELL_PARKED)
        front_demand_note_success(front, run->key);
    if (run->load == front->load && result.cell == RUN_CELL_COLD)
        front_demand_note_success(front, front_keys_of_profile(run->profile, false));
    r = front_stream_end(run, &result);
    if (r < 0)
        return r;
    pace_note(&front->pace, (double)(timing_now_ns() - run->sent_ns) / 1e9);
    answer(front, run, &result);
    return 0;
}

/* Answers the run with the problem that @err describes, and forgets it. */
static void refuse(struct front *front, struct front_run *run, const struct error *err)
{
    front_waiters_refuse_error(run, err);
    end_refused(front, run);
}

void front_run_fail(struct front *front, struct front_run *run, const struct fault *fault)
{
    struct error err = {0};

    if (!is_wanted(run) || !fault || front_plan_tell(front, run, fault, &err) == 0 ||
        err.status != EX_DATAERR) {
        answer_verdict(front, run, is_wanted(run) ? VERDICT_ERROR : VERDICT_CANCELLED);
        return;
    }
    /* The request asks for something that can't be, which only the cell could find out. */
    refuse(front, run, &err);
}

void front_run_return(struct front *front, struct front_run *run)
{
    struct error err = {0};

    if (run->is_deleted || !is_wanted(run))
        answer_verdict(front, run, VERDICT_CANCELLED);
    else if (run->load != front->load && front_plan(front, run, &err) < 0)
        refuse(front, run, &err);
    else {
        front_plan_memory(run); /* events can have been asked for meanwhile */
        queue_return(&front->queue, &run->link);
    }
}

void front_run_renew(struct front *front, struct front_run *run)
{
    struct error err = {0};

    if (front_plan(front, run, &err) == 0)
        return;
    queue_remove(&front->queue, &run->link);
    refuse(front, run, &err);
}

const char *front_run_label(const struct front_run *run, const char *name)
{
    for (size_t i = 0; i < run->job.n_labels; i++)
        if (strcmp(run->job.labels[i].name, name) == 0)
            return run->job.labels[i].value;
    return NULL;
}

bool front_run_waits(const struct front_run *run)
{
    return !run->keeper && !run->is_answering;
}

void front_run_cancel(struct front *front, struct front_run *run)
{
    if (run->is_answering)
        return;
    if (run->keeper) {
        bool is_first = !run->is_deleted;

        run->is_deleted = true;
        /* If the keeper is gone, the run ends here. */
        if (is_first)
            front_keepers_cancel(run->keeper);
        return;
    }
    queue_remove(&front->queue, &run->link);
    answer_verdict(front, run, VERDICT_CANCELLED);
}

void front_run_expire(struct front *front)
{
    uint64_t now_ns = timing_now_ns();
    struct queue_run *link;

    while ((link = queue_overdue(&front->queue, now_ns)))
        front_run_turn_away(front, front_run_of(link), 503,
                            link->is_choosy
                                ? "the run has waited too long for a cell of the kind that Exrun-Cell names"
                                : "the run has waited too long for a free cell");
}
