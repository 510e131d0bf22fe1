/* SPDX-License-Identifier: MIT */
/* The answers that a connection gives. */
#include "runner/front/connection_answer.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "runner/front/front.h"
#include "runner/front/front_metrics.h"
#include "sandbox/base/cleanup.h"

#define PROBLEM_ROOM 4096
#define HEAD_ROOM 2048

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

void connection_answer(struct connection *connection, const struct http_answer *answer,
                       struct evbuffer *content)
{
    struct evbuffer *output = bufferevent_get_output(connection->stream);
    struct http_answer full = complete(connection, answer);
    char head[HEAD_ROOM];
    ssize_t size;

    full.content_bytes = content ? evbuffer_get_length(content) : 0;
    size = http_write_head(&full, head, sizeof(head));
    if (size < 0 || evbuffer_add(output, head, (size_t)size) < 0 ||
        (content && connection->method != HTTP_HEAD && evbuffer_add_buffer(output, content) < 0)) {
        connection_close(connection);
        return;
    }
    connection->reserved_bytes += full.content_bytes;
    connection->front->reserved_bytes += full.content_bytes;
    connection_end_answer(connection);
}

void connection_answer_json(struct connection *connection, unsigned int status, json_t *object /* takes */)
{
    _cleanup_(freep) char *text = object ? json_dumps(object, JSON_COMPACT) : NULL;
    struct evbuffer *content = text ? evbuffer_new() : NULL;

    json_decref(object);
    if (content && evbuffer_add(content, text, strlen(text)) == 0)
        connection_answer(connection,
                          &(struct http_answer){.status = status,
                                                .type = "application/json",
                                                .headers = {[HTTP_RETRY_AFTER] = status == 202 ? "1" : NULL}},
                          content);
    else
        connection_close(connection);
    if (content)
        evbuffer_free(content);
}

/* Answers the current request with a problem. @pointer can be NULL. */
static void send_problem(struct connection *connection, const struct http_answer *answer, const char *detail,
                         const char *pointer)
{
    const struct http_problem problem = {detail, pointer, connection->method == HTTP_HEAD};
    const struct http_answer full = complete(connection, answer);
    char text[PROBLEM_ROOM];
    ssize_t size;

    size = http_write_problem(&full, &problem, text, sizeof(text));
    if (size < 0 || evbuffer_add(bufferevent_get_output(connection->stream), text, (size_t)size) < 0) {
        connection_close(connection);
        return;
    }
    connection_end_answer(connection);
}

/* Counts the refusal, too. */
static void refuse(struct connection *connection, const struct http_answer *answer, const char *detail,
                   const char *pointer)
{
    front_metrics_note_refusal(connection, answer);
    send_problem(connection, answer, detail, pointer);
}

void connection_refuse_run(struct connection *connection, enum metrics_reason reason, const char *detail)
{
    connection->front->metrics->rejected[reason]++;
    send_problem(connection, &(struct http_answer){.status = 503}, detail, NULL);
}

void connection_refuse_status(struct connection *connection, unsigned int status, const char *detail)
{
    refuse(connection, &(struct http_answer){.status = status}, detail, NULL);
}

void connection_refuse_early(struct connection *connection, const struct http_answer *answer,
                             const char *detail)
{
    if (connection->body_bytes > 0)
        connection->keeps_alive = false;
    refuse(connection, answer, detail, NULL);
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
    refuse(connection, &(struct http_answer){.status = status_of(err), .headers = {[HTTP_EXRUN_RUN] = run}},
           detail, is_about_member(err) ? err->where : NULL);
}

void connection_refuse_for_now(struct connection *connection, unsigned int status, const char *detail,
                               const char *run)
{
    const struct front *front = connection->front;
    char seconds[16];

    snprintf(seconds, sizeof(seconds), "%u",
             pace_retry_after_s(&front->pace, front->queue.n, front->load->config.cells.running));
    refuse(connection,
           &(struct http_answer){.status = status,
                                 .headers = {[HTTP_RETRY_AFTER] = seconds, [HTTP_EXRUN_RUN] = run}},
           detail, NULL);
}
