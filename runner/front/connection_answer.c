/* SPDX-License-Identifier: MIT */
/* The answers that a connection gives. */
#include "runner/front/connection_answer.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "runner/front/event_write.h"
#include "runner/front/front.h"
#include "runner/front/front_memory.h"
#include "runner/front/front_metrics.h"
#include "runner/front/front_places.h"
#include "runner/front/run_events.h"
#include "sandbox/base/cleanup.h"

#define PROBLEM_ROOM 4096
#define HEAD_ROOM 4096
#define JSON "application/json"
/* What libevent writes at a time, too: a large answer gives way to other connections between its parts. */
#define WRITTEN_NOW_MOST 16384

/* Decides whether the connection ends after the answer. */
static bool closes(struct connection *connection)
{
    connection->keeps_alive = connection->keeps_alive && !connection->front->is_draining;
    return !connection->keeps_alive;
}

/* Adds what every answer of this connection has. */
static struct http_answer complete(struct connection *connection, const struct http_answer *answer)
{
    struct http_answer full = *answer;

    full.closes = closes(connection);
    if (*connection->origin) {
        full.headers[HTTP_ALLOW_ORIGIN] = connection->origin;
        full.headers[HTTP_VARY] = "Origin";
        full.headers[HTTP_EXPOSE_HEADERS] = "Exrun-Run, Location, Retry-After";
    }
    return full;
}

void connection_count_sent(struct connection *connection, struct content *content)
{
    /* The reference comes first, because a kept answer can give way to its own reader. */
    connection->sent = content_ref(content);
    if (content->n_readers++ == 0)
        front_memory_reserve(connection->front, content->text.size);
}

void connection_answer_end(struct connection *connection)
{
    struct content *content = steal(connection->sent);

    if (!content)
        return;
    if (--content->n_readers == 0)
        front_memory_release(connection->front, content->text.size);
    content_unref(content);
    front_pool_decide(connection->front);
}

bool connection_add_head(struct connection *connection, const struct http_answer *answer)
{
    const struct http_answer full = complete(connection, answer);
    char head[HEAD_ROOM];
    ssize_t size = http_write_head(&full, head, sizeof(head));

    return size > 0 && evbuffer_add(bufferevent_get_output(connection->stream), head, (size_t)size) == 0;
}

void connection_write_now(struct connection *connection)
{
    struct evbuffer *output = bufferevent_get_output(connection->stream);
    size_t size = evbuffer_get_length(output);

    if (size == 0 || size > WRITTEN_NOW_MOST)
        return;
    /* A bufferevent keeps its users from taking bytes out of its output. */
    evbuffer_unfreeze(output, 1);
    evbuffer_write(output, bufferevent_getfd(connection->stream));
    evbuffer_freeze(output, 1);
    if (evbuffer_get_length(output) == 0)
        bufferevent_trigger(connection->stream, EV_WRITE, BEV_TRIG_DEFER_CALLBACKS);
}

void connection_answer(struct connection *connection, const struct http_answer *answer,
                       struct content *content)
{
    struct http_answer full = *answer;

    full.content_bytes = content ? content->text.size : 0;
    if (connection->method == HTTP_HEAD)
        content = NULL;
    if (!connection_add_head(connection, &full) ||
        (content && content_send(content, bufferevent_get_output(connection->stream)) < 0)) {
        connection_close(connection);
        return;
    }
    if (content)
        connection_count_sent(connection, content);
    connection_end_answer(connection);
    connection_write_now(connection);
}

int connection_begin_stream(struct connection *connection, const char *id)
{
    const struct http_answer answer = {
        .status = 200, .type = EVENTS_TYPE, .is_stream = true, .headers = {[HTTP_EXRUN_RUN] = id}};

    connection->keeps_alive = false;
    connection->state = CONNECTION_STREAMING;
    if (!connection_add_head(connection, &answer))
        return -ENOMEM;
    return front_metrics_begin_stream(connection);
}

void connection_answer_result(struct connection *connection, const char *id, struct content *content)
{
    connection_answer(connection,
                      &(struct http_answer){.status = 200, .type = JSON, .headers = {[HTTP_EXRUN_RUN] = id}},
                      content);
}

void connection_answer_json(struct connection *connection, const struct http_answer *answer,
                            json_t *object /* takes */)
{
    _cleanup_(content_unrefp) struct content *content =
        content_of_text(object ? json_dumps(object, JSON_COMPACT) : NULL);
    struct http_answer full = *answer;

    json_decref(object);
    full.type = JSON;
    if (content)
        connection_answer(connection, &full, content);
    else
        connection_close(connection);
}

/* Without a keeper no run ends, so the pace says nothing. */
static void write_retry_after(const struct front *front, char *ret, size_t room)
{
    const uint64_t back_s = front_places_back_s(front);

    if (back_s > 0)
        snprintf(ret, room, "%u", (unsigned int)back_s);
    else
        snprintf(ret, room, "%u",
                 pace_retry_after_s(&front->pace, front->queue.n, front->load->config.cells.running));
}

/* @detail, @pointer, @reason: as in the problem (http_write.h). @logged: text for the log that no client
 * chose. */
struct refusal {
    const char *detail, *pointer, *reason, *logged;
};

/* Writes the head and the problem. The client of one that may pass gets the time after which it can try
 * again. Returns 0 or -errno. */
static int write_problem(struct connection *connection, const struct http_answer *answer,
                         const struct http_problem *problem)
{
    struct http_answer full = complete(connection, answer);
    char text[PROBLEM_ROOM], seconds[16];
    ssize_t size;

    if (answer->status == 429 || answer->status == 503) {
        write_retry_after(connection->front, seconds, sizeof(seconds));
        full.headers[HTTP_RETRY_AFTER] = seconds;
    }
    size = http_write_problem(&full, problem, text, sizeof(text));
    if (size < 0)
        return (int)size;
    return evbuffer_add(bufferevent_get_output(connection->stream), text, (size_t)size);
}

/* Answers the current request with a problem, which is an event if the answer has begun as a stream. */
static void send_problem(struct connection *connection, const struct http_answer *answer,
                         const struct refusal *refusal)
{
    const struct http_problem problem = {refusal->detail, refusal->pointer, connection->method == HTTP_HEAD,
                                         refusal->reason};
    int r;

    front_log_refusal(connection, answer->status, refusal->logged, answer->headers[HTTP_EXRUN_RUN]);
    if (connection->events)
        r = run_events_refuse(connection, http_problem_object(answer->status, &problem));
    else
        r = write_problem(connection, answer, &problem);
    if (r < 0)
        connection_close(connection);
    else
        connection_end_answer(connection);
}

/* Counts the refusal, too. */
static void refuse(struct connection *connection, const struct http_answer *answer,
                   const struct refusal *refusal)
{
    front_metrics_note_refusal(connection, answer->status);
    send_problem(connection, answer, refusal);
}

void connection_refuse_run(struct connection *connection, enum metrics_reason reason, const char *detail)
{
    const struct refusal refusal = {
        .detail = detail, .reason = reason == METRICS_MAINTENANCE ? "maintenance" : NULL, .logged = detail};

    connection->front->metrics->rejected[reason]++;
    send_problem(connection, &(struct http_answer){.status = 503}, &refusal);
}

void connection_refuse_status(struct connection *connection, unsigned int status, const char *detail)
{
    refuse(connection, &(struct http_answer){.status = status},
           &(struct refusal){.detail = detail, .logged = detail});
}

void connection_refuse_early(struct connection *connection, const struct http_answer *answer,
                             const char *detail)
{
    if (connection->body_bytes > 0)
        connection->keeps_alive = false;
    refuse(connection, answer, &(struct refusal){.detail = detail, .logged = detail});
}

/* A text that is not JSON has a place, too, but no member that could be put right. */
static bool is_about_member(const struct error *err)
{
    return err->status == EX_DATAERR && err->code != -EBADMSG && *err->where == '/';
}

/* The status for an exit status of the command line. */
static unsigned int status_of(const struct error *err)
{
    switch (err->status) {
    case EX_DATAERR:
        if (err->code == -EEXIST)
            return 409;
        return is_about_member(err) ? 422 : 400;
    case EX_UNAVAILABLE:
    case EX_TEMPFAIL:
        return 503;
    case EX_NOPERM:
        return 403;
    default:
        return 500;
    }
}

void connection_refuse_error(struct connection *connection, const struct error *err, const char *run)
{
    char detail[sizeof(err->what) + sizeof(err->hint) + 4];

    snprintf(detail, sizeof(detail), "%s%s%s", err->what, *err->hint ? "; " : "", err->hint);
    /* The sentence can have words of the request. */
    refuse(connection, &(struct http_answer){.status = status_of(err), .headers = {[HTTP_EXRUN_RUN] = run}},
           &(struct refusal){.detail = detail,
                             .pointer = is_about_member(err) ? err->where : NULL,
                             .logged = http_title(status_of(err))});
}

void connection_refuse_for_now(struct connection *connection, unsigned int status, const char *detail,
                               const char *run)
{
    const struct http_answer answer = {.status = status, .headers = {[HTTP_EXRUN_RUN] = run}};
    const struct refusal refusal = {.detail = detail, .logged = detail};

    connection->front->metrics->rejected[metrics_reason_of(status, true)]++;
    send_problem(connection, &answer, &refusal);
}
