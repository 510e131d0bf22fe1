/* SPDX-License-Identifier: MIT */
/* One connection of a client. */
#include "runner/front/connection.h"

#include <errno.h>
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "runner/front/front.h"
#include "runner/front/front_run.h"
#include "runner/front/routes.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/timing.h"

#define PROBLEM_ROOM 4096
#define HEAD_ROOM 1024
#define WRITE_SECONDS 30 /* for a reader that takes nothing */
#define LINGER_MOST_NS UINT64_C(30000000000)
#define LINGER_MS 2000 /* for a client that sends nothing more, and does not close either */

static void set_patience(const struct connection *connection, uint64_t read_ms)
{
    const struct timeval read = {.tv_sec = (time_t)(read_ms / 1000),
                                 .tv_usec = (suseconds_t)(read_ms % 1000 * 1000)};
    const struct timeval written = {.tv_sec = WRITE_SECONDS};

    bufferevent_set_timeouts(connection->stream, read_ms > 0 ? &read : NULL, &written);
}

/* Gives back the memory for a body that was received. */
static void uncount_body(struct connection *connection)
{
    connection->front->bodies_bytes -= connection->counted_bytes;
    connection->counted_bytes = 0;
}

/* Gives back the memory for an answer that was written. */
static void unreserve(struct connection *connection)
{
    if (connection->reserved_bytes == 0)
        return;
    connection->front->reserved_bytes -= connection->reserved_bytes;
    connection->reserved_bytes = 0;
    front_pool_decide(connection->front);
}

void connection_close(struct connection *connection)
{
    struct front *front = connection->front;
    struct front_run *run = steal(connection->run);

    if (connection->parsing)
        route_forget(connection->parsing);
    uncount_body(connection);
    unreserve(connection);
    if (run) {
        run->waiter = NULL;
        front_run_cancel(front, run);
    }
    TAILQ_REMOVE(&front->connections, connection, entry);
    front->n_connections--;
    if (connection->closed)
        event_free(connection->closed);
    if (connection->stream)
        bufferevent_free(connection->stream);
    free(connection->body);
    free(connection);
    front_check_drain(front);
}

/* Waits for the next request, which can have come already. */
static void begin(struct connection *connection)
{
    const struct config *config = &connection->front->load->config;

    free(steal(connection->body));
    connection->state = CONNECTION_HEAD;
    event_del(connection->closed);
    set_patience(connection, config->http.idle_ms);
    bufferevent_enable(connection->stream, EV_READ);
    if (evbuffer_get_length(bufferevent_get_input(connection->stream)) > 0)
        bufferevent_trigger(connection->stream, EV_READ, BEV_TRIG_DEFER_CALLBACKS);
}

/* What follows after an answer was put into the output buffer. */
static void end_answer(struct connection *connection)
{
    if (connection->keeps_alive) {
        begin(connection);
        return;
    }
    if (connection->state == CONNECTION_HEAD || connection->state == CONNECTION_BODY) {
        connection->state = CONNECTION_LINGERING;
        connection->lingers_until_ns = timing_now_ns() + LINGER_MOST_NS;
        set_patience(connection, LINGER_MS);
        bufferevent_enable(connection->stream, EV_READ);
        return;
    }
    connection->state = CONNECTION_CLOSING;
    bufferevent_disable(connection->stream, EV_READ);
    if (evbuffer_get_length(bufferevent_get_output(connection->stream)) == 0)
        bufferevent_trigger(connection->stream, EV_WRITE, BEV_TRIG_DEFER_CALLBACKS);
}

/* Decides whether the connection ends after the answer. */
static bool closes(struct connection *connection)
{
    connection->keeps_alive = connection->keeps_alive && !connection->front->is_draining;
    return !connection->keeps_alive;
}

void connection_answer(struct connection *connection, const struct http_answer *answer,
                       struct evbuffer *content)
{
    struct evbuffer *output = bufferevent_get_output(connection->stream);
    struct http_answer full = *answer;
    char head[HEAD_ROOM];
    ssize_t size;

    full.content_bytes = content ? evbuffer_get_length(content) : 0;
    full.closes = closes(connection);
    size = http_write_head(&full, head, sizeof(head));
    if (size < 0 || evbuffer_add(output, head, (size_t)size) < 0 ||
        (content && connection->method != HTTP_HEAD && evbuffer_add_buffer(output, content) < 0)) {
        connection_close(connection);
        return;
    }
    connection->reserved_bytes += full.content_bytes;
    connection->front->reserved_bytes += full.content_bytes;
    end_answer(connection);
}

void connection_refuse(struct connection *connection, const struct http_answer *answer, const char *detail,
                       const char *pointer)
{
    const struct http_problem problem = {detail, pointer, connection->method == HTTP_HEAD};
    struct http_answer full = *answer;
    char text[PROBLEM_ROOM];
    ssize_t size;

    full.closes = closes(connection);
    size = http_write_problem(&full, &problem, text, sizeof(text));
    if (size < 0 || evbuffer_add(bufferevent_get_output(connection->stream), text, (size_t)size) < 0) {
        connection_close(connection);
        return;
    }
    end_answer(connection);
}

/* The status for an exit status of the command line. */
static unsigned int status_of(const struct error *err)
{
    switch (err->status) {
    case EX_DATAERR:
        if (err->code == -EEXIST)
            return 409;
        /* A pointer names a member, which can only be known if the form was right. */
        return *err->where == '/' ? 422 : 400;
    case EX_UNAVAILABLE:
    case EX_TEMPFAIL:
        return 503;
    case EX_NOPERM:
        return 403;
    default:
        return 500;
    }
}

void connection_refuse_error(struct connection *connection, const struct error *err)
{
    const bool is_member = err->status == EX_DATAERR && *err->where == '/';
    char detail[sizeof(err->what) + sizeof(err->hint) + 4];

    snprintf(detail, sizeof(detail), "%s%s%s", err->what, *err->hint ? "; " : "", err->hint);
    connection_refuse(connection, &(struct http_answer){.status = status_of(err)}, detail,
                      is_member ? err->where : NULL);
}

void connection_refuse_for_now(struct connection *connection, unsigned int status, const char *detail)
{
    const struct front *front = connection->front;
    char seconds[16];

    snprintf(seconds, sizeof(seconds), "%u",
             pace_retry_after_s(&front->pace, front->queue.n, front->load->config.cells.running));
    connection_refuse(connection,
                      &(struct http_answer){.status = status, .headers = {[HTTP_RETRY_AFTER] = seconds}},
                      detail, NULL);
}

/* Copies what is needed after the head has left the buffer. Returns false if the path is longer than any of
 * ours. */
static bool take_head(struct connection *connection, const struct http_request *request)
{
    const struct http_slice type = request->headers[HTTP_CONTENT_TYPE];
    static const char json[] = "application/json";
    size_t size = 0;

    connection->method = request->method;
    connection->keeps_alive = request->keeps_alive;
    connection->body_bytes = request->body_bytes;
    connection->has_query = request->target.query.data != NULL;
    connection->is_json = type.size >= sizeof(json) - 1 &&
                          strncasecmp(type.data, json, sizeof(json) - 1) == 0 &&
                          (type.size == sizeof(json) - 1 || strchr("; \t", type.data[sizeof(json) - 1]));
    if (request->target.path.size >= sizeof(connection->path) ||
        http_decode(request->target.path, connection->path, &size) < 0)
        return false;
    connection->path[size] = '\0';
    return true;
}

/* Reads a head. Returns false if nothing more can be done now. */
static bool read_head(struct connection *connection)
{
    static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
    struct evbuffer *input = bufferevent_get_input(connection->stream);
    size_t size = evbuffer_get_length(input);
    struct http_request request;
    enum http_outcome outcome;
    const char *bytes;

    size = size < HTTP_HEAD_BYTES ? size : HTTP_HEAD_BYTES;
    bytes = (const char *)evbuffer_pullup(input, (ev_ssize_t)size);
    if (size == 0 || !bytes)
        return false;
    outcome = http_read(bytes, size, &request);
    if (outcome == HTTP_NEED_MORE) {
        set_patience(connection, connection->front->load->config.http.header_ms);
        return false;
    }
    if (outcome == HTTP_REFUSED) {
        connection->keeps_alive = false;
        connection->method = request.method;
        connection_refuse(connection, &(struct http_answer){.status = request.status}, request.reason, NULL);
        return false;
    }
    connection->state = CONNECTION_BODY;
    if (!take_head(connection, &request)) {
        connection->keeps_alive = false;
        connection_refuse(connection, &(struct http_answer){.status = 404}, "there is no such resource",
                          NULL);
        return false;
    }
    evbuffer_drain(input, request.head_bytes);
    if (!route_check(connection))
        return false;
    connection->counted_bytes = connection->body_bytes;
    connection->front->bodies_bytes += connection->body_bytes;
    set_patience(connection, connection->front->load->config.http.body_ms);
    if (request.expects_continue && connection->body_bytes > 0)
        evbuffer_add(bufferevent_get_output(connection->stream), go_on, sizeof(go_on) - 1);
    return true;
}

/* Reads a body, and handles its request. */
static void read_body(struct connection *connection)
{
    struct evbuffer *input = bufferevent_get_input(connection->stream);
    size_t size = connection->body_bytes;

    if (evbuffer_get_length(input) < size)
        return;
    connection->body = malloc(size + 1);
    if (!connection->body || evbuffer_remove(input, connection->body, size) != (int)size) {
        connection_close(connection);
        return;
    }
    connection->body[size] = '\0';
    uncount_body(connection);
    connection->state = CONNECTION_PENDING;
    bufferevent_disable(connection->stream, EV_READ);
    set_patience(connection, 0);
    event_add(connection->closed, NULL);
    route_handle(connection);
}

static void drop_rest(struct connection *connection)
{
    struct evbuffer *input = bufferevent_get_input(connection->stream);

    evbuffer_drain(input, evbuffer_get_length(input));
    if (timing_now_ns() > connection->lingers_until_ns)
        connection_close(connection);
}

static void on_read(struct bufferevent *stream, void *arg)
{
    struct connection *connection = arg;

    (void)stream;
    if (connection->state == CONNECTION_LINGERING) {
        drop_rest(connection);
        return;
    }
    if (connection->state == CONNECTION_HEAD && !read_head(connection))
        return;
    if (connection->state == CONNECTION_BODY)
        read_body(connection);
}

static void on_write(struct bufferevent *stream, void *arg)
{
    struct connection *connection = arg;

    if (evbuffer_get_length(bufferevent_get_output(stream)) > 0)
        return;
    unreserve(connection);
    if (connection->state == CONNECTION_LINGERING)
        shutdown(bufferevent_getfd(stream), SHUT_WR);
    if (connection->state == CONNECTION_CLOSING)
        connection_close(connection);
}

static void refuse_slow(struct connection *connection, const char *detail)
{
    connection->keeps_alive = false;
    connection_refuse(connection, &(struct http_answer){.status = 408}, detail, NULL);
}

/* An error, the end of the client's side, or a time-out. */
static void on_event(struct bufferevent *stream, short what, void *arg)
{
    struct connection *connection = arg;
    bool has_begun = evbuffer_get_length(bufferevent_get_input(stream)) > 0;

    if (what & BEV_EVENT_TIMEOUT && what & BEV_EVENT_READING && connection->state == CONNECTION_HEAD &&
        has_begun)
        refuse_slow(connection, "the head of the request did not come in time");
    else if (what & BEV_EVENT_TIMEOUT && what & BEV_EVENT_READING && connection->state == CONNECTION_BODY)
        refuse_slow(connection, "the body of the request did not come in time");
    else
        connection_close(connection);
}

static void on_closed(evutil_socket_t fd, short what, void *arg)
{
    (void)fd;
    (void)what;
    connection_close(arg);
}

void connection_open(struct front *front, const struct front_listener *listener, int fd /* takes */)
{
    struct connection *connection =
        front->n_connections < front->load->config.http.connections ? calloc(1, sizeof(*connection)) : NULL;

    if (!connection) {
        close(fd);
        return;
    }
    connection->front = front;
    connection->listener = listener;
    TAILQ_INSERT_TAIL(&front->connections, connection, entry);
    front->n_connections++;
    connection->stream = bufferevent_socket_new(front->base, fd, BEV_OPT_CLOSE_ON_FREE);
    if (!connection->stream)
        close(fd);
    else
        connection->closed = event_new(front->base, fd, EV_CLOSED, on_closed, connection);
    if (!connection->stream || !connection->closed) {
        connection_close(connection);
        return;
    }
    bufferevent_setcb(connection->stream, on_read, on_write, on_event, connection);
    begin(connection);
}
