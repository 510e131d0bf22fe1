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
#include "runner/front/connection_answer.h"
#include "runner/front/front.h"
#include "runner/front/front_metrics.h"
#include "runner/front/front_plan.h"
#include "runner/front/front_versions.h"
#include "runner/request/request.h"
#include "runner/text/random_text.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/timing.h"
#include "sandbox/keeper/outcome.h"

#define JSON "application/json"
#define SMALL_BYTES (64 << 10) /* of outputs whose answer the loop writes itself */
#define ID_BYTES 16            /* 128 random bits, so that nobody guesses another client's run */

struct front_run *front_run_of(struct queue_run *link)
{
    return (struct front_run *)((char *)link - offsetof(struct front_run, link));
}

static void run_free(struct front_run *run)
{
    plan_deinit(&run->plan);
    job_deinit(&run->job);
    front_load_unref(run->load);
    free(run);
}

static void run_freep(struct front_run **run)
{
    if (*run)
        run_free(*run);
}

/* Takes the run out of the front's lists. */
static void forget(struct front *front, struct front_run *run)
{
    TAILQ_REMOVE(&front->runs, run, entry);
    if (run->waiter)
        run->waiter->run = NULL;
    run_free(run);
    front_check_drain(front);
}

struct front_run *front_run_find(struct front *front, const char *principal, const char *id)
{
    struct front_run *run;

    TAILQ_FOREACH(run, &front->runs, entry)
    if (strcmp(run->id, id) == 0 && strcmp(run->principal, principal) == 0)
        return run;
    return NULL;
}

static int name_run(struct front *front, struct front_run *run, struct error *err)
{
    if (!run->job.id) {
        if (random_text(ID_BYTES, run->id) < 0)
            return error_set(err, -EIO, EX_OSERR, "", "the machine has no random numbers");
        run->job.id = strdup(run->id);
        return run->job.id ? 0 : error_memory(err);
    }
    snprintf(run->id, sizeof(run->id), "%s", run->job.id);
    if (!front_run_find(front, run->principal, run->id))
        return 0;
    error_set(err, -EEXIST, EX_DATAERR, "/id", "is the ID of a run that waits or runs");
    error_hint(err, "use another ID, or none");
    return -EEXIST;
}

struct front_run *front_run_read(const char *text, size_t size, struct error *err)
{
    _cleanup_(run_freep) struct front_run *run = calloc(1, sizeof(*run));

    if (!run) {
        error_memory(err);
        return NULL;
    }
    run->received_ns = timing_now_ns();
    run->link.bytes = size;
    return request_read(text, size, &run->job, err) < 0 ? NULL : steal(run);
}

void front_run_drop(struct front_run *run)
{
    run_free(run);
}

static int add_to_buffer(void *arg, const char *data, size_t size)
{
    return evbuffer_add(arg, data, size) < 0 ? -ENOMEM : 0;
}

/* An answer that is written. @content: NULL if memory is short. */
struct answering {
    struct work work;
    struct front *front;
    struct front_run *run;
    struct run_result result;
    char version[VERSION_TEXT_ROOM]; /* copied, because the loop can change it */
    struct evbuffer *content;
};

static void write_answer(struct work *work)
{
    struct answering *answering = (struct answering *)work;
    const struct front_run *run = answering->run;
    const struct language *language = &run->load->languages[run->profile];
    const struct json_sink sink = {add_to_buffer, answering->content};
    struct sentence sentence;
    _cleanup_(freep) char *program = program_text(language, answering->version);
    const struct result_words words = {&sentence, program};

    sentences_of(&answering->result, &run->plan, language, &sentence);
    hidden_remove(&answering->result, language);
    if (result_write(&answering->result, &run->plan, &words, &sink) < 0) {
        evbuffer_free(answering->content);
        answering->content = NULL;
    }
}

/* Sends the answer to the waiter, if it is still there, and forgets the run. */
static void send_answer(struct work *work)
{
    struct answering *answering = (struct answering *)work;
    struct front_run *run = answering->run;
    struct connection *waiter = steal(run->waiter);

    if (waiter) {
        waiter->run = NULL;
        if (answering->content)
            connection_answer(
                waiter,
                &(struct http_answer){.status = 200, .type = JSON, .headers = {[HTTP_EXRUN_RUN] = run->id}},
                answering->content);
        else
            connection_close(waiter);
    }
    answering->front->reserved_bytes -= run->is_answering ? run->reserved_bytes : 0;
    forget(answering->front, run);
    if (answering->content)
        evbuffer_free(answering->content);
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

/* Answers the waiter with a result, which is taken, and forgets the run. */
static void answer(struct front *front, struct front_run *run, struct run_result *result)
{
    struct answering *answering = run->waiter ? calloc(1, sizeof(*answering)) : NULL;
    size_t size;

    front_status_note(front, run, result->verdict);
    result->is_of_service = true;
    result->queue_us = ((run->sent_ns ? run->sent_ns : timing_now_ns()) - run->received_ns) / 1000;
    front_metrics_note_run(front, run, result);
    if (answering)
        answering->content = evbuffer_new();
    if (!answering || !answering->content) {
        struct connection *waiter = steal(run->waiter);

        free(answering);
        forget(front, run);
        if (waiter) {
            waiter->run = NULL;
            connection_close(waiter);
        }
        return;
    }
    *answering = (struct answering){.work = {.act = write_answer, .done = send_answer},
                                    .front = front,
                                    .run = run,
                                    .result = *result,
                                    .content = answering->content};
    snprintf(answering->version, sizeof(answering->version), "%s", version_of(front, run, result));
    *result = (struct run_result){.verdict = VERDICT_ERROR};
    size = size_of(&answering->result);
    if (size <= SMALL_BYTES) {
        write_answer(&answering->work);
        send_answer(&answering->work);
        return;
    }
    run->is_answering = true;
    front->reserved_bytes += run->reserved_bytes;
    worker_give(&front->worker, &answering->work, size);
}

static void answer_verdict(struct front *front, struct front_run *run, enum verdict verdict)
{
    struct run_result result = {
        .verdict = verdict, .run = {.verdict = verdict, .exit_code = -1}, .has_run = true};

    answer(front, run, &result);
}

static void give_up(struct front *front, struct front_run *run)
{
    queue_remove(&front->queue, &run->link);
    answer_verdict(front, run, VERDICT_ERROR);
}

/* Ends a waiting run for now; its client can try again. */
static void turn_away(struct front *front, struct front_run *run, unsigned int status, const char *detail)
{
    struct connection *waiter = steal(run->waiter);

    queue_remove(&front->queue, &run->link);
    if (waiter) {
        waiter->run = NULL;
        connection_refuse_for_now(waiter, status, detail, run->id);
    }
    forget(front, run);
}

/* Gives up a run of the client that fills the queue, so that it keeps nobody out. Returns false if @run's
 * client has as many. */
static bool make_room(struct front *front, const struct front_run *run)
{
    struct queue_run *surplus = queue_surplus(&front->queue, &run->link);

    if (surplus)
        turn_away(front, front_run_of(surplus), 429, "too many runs of this client wait already");
    return surplus != NULL;
}

int front_run_accept(struct front *front, struct front_run *given /* takes */, struct connection *waiter,
                     struct error *err)
{
    _cleanup_(run_freep) struct front_run *run = given;
    int r = front_plan(front, run, err), pushed;

    snprintf(run->principal, sizeof(run->principal), "%s", waiter->principal);
    if (r == 0)
        r = name_run(front, run, err);
    if (r < 0)
        return r;
    run->link.principal = run->principal;
    run->link.deadline_ns = run->received_ns + front->load->config.queue.wait_ms * 1000000;
    for (size_t i = 0; i < run->job.n_labels; i++)
        if (strcmp(run->job.labels[i].name, "client") == 0)
            run->link.client = run->job.labels[i].value;
    do
        pushed = queue_push(&front->queue, &run->link);
    while (pushed != 0 && make_room(front, run));
    if (pushed != 0) {
        connection_refuse_for_now(waiter, 429, "too many runs wait already", run->id);
        return 0;
    }
    TAILQ_INSERT_TAIL(&front->runs, run, entry);
    front_pool_note_arrival(front, run->profile);
    front_pool_decide_now(front);
    run->waiter = waiter;
    waiter->run = run;
    if (front_pool_is_broken(front, run->profile))
        give_up(front, run);
    run = NULL; /* it is in the front's lists, or answered */
    return 0;
}

void front_run_give_up_all(struct front *front, unsigned int profile)
{
    struct front_run *next;

    for (struct front_run *run = TAILQ_FIRST(&front->runs); run; run = next) {
        next = TAILQ_NEXT(run, entry);
        if (run->profile == profile && front_run_waits(run))
            give_up(front, run);
    }
}

int front_run_end(struct front *front, struct front_run *run, char *outcome, size_t size)
{
    _cleanup_(run_result_deinit) struct run_result result = {.verdict = VERDICT_ERROR};
    struct pack pack = PACK_READ(outcome, size);

    outcome_pack(&pack, &result);
    if (pack_end(&pack) < 0)
        return -EBADMSG;
    if (result.was_ready)
        front->keepers.n_ready_starts++;
    else
        front->keepers.n_cold_starts++;
    if (!result.was_ready && run->load == front->load)
        front_pool_note_success(front, run->profile);
    pace_note(&front->pace, (double)(timing_now_ns() - run->sent_ns) / 1e9);
    answer(front, run, &result);
    return 0;
}

/* Answers the run with the problem that @err describes, and forgets it. */
static void refuse(struct front *front, struct front_run *run, const struct error *err)
{
    struct connection *waiter = steal(run->waiter);

    if (waiter) {
        waiter->run = NULL;
        connection_refuse_error(waiter, err, run->id);
    }
    forget(front, run);
}

void front_run_fail(struct front *front, struct front_run *run, const struct fault *fault)
{
    struct error err = {0};

    if (!run->waiter || !fault || front_plan_tell(front, run, fault, &err) == 0 || err.status != EX_DATAERR) {
        answer_verdict(front, run, run->waiter ? VERDICT_ERROR : VERDICT_CANCELLED);
        return;
    }
    /* The request asks for something that can't be, which only the cell could find out. */
    refuse(front, run, &err);
}

void front_run_return(struct front *front, struct front_run *run)
{
    struct error err = {0};

    if (!run->waiter || run->is_deleted)
        answer_verdict(front, run, VERDICT_CANCELLED);
    else if (run->load != front->load && front_plan(front, run, &err) < 0)
        refuse(front, run, &err);
    else
        queue_return(&front->queue, &run->link);
}

void front_run_renew(struct front *front, struct front_run *run)
{
    struct error err = {0};

    if (front_plan(front, run, &err) == 0)
        return;
    queue_remove(&front->queue, &run->link);
    refuse(front, run, &err);
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
        turn_away(front, front_run_of(link), 503, "the run has waited too long for a free cell");
}
