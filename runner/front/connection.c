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

#include "runner/front/connection_access.h"
#include "runner/front/connection_answer.h"
#include "runner/front/connection_head.h"
#include "runner/front/connection_part.h"
#include "runner/front/connection_place.h"
#include "runner/front/connection_reader.h"
#include "runner/front/front.h"
#include "runner/front/front_metrics.h"
#include "runner/front/front_run.h"
#include "runner/front/front_waiters.h"
#include "runner/front/route_post.h"
#include "runner/front/routes.h"
#include "runner/front/run_events.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/timing.h"

#define SMALL_BYTES (16 << 10) /* of a body that doesn't count */
#define WRITE_SECONDS 30       /* for a reader that takes nothing */
#define LINGER_MOST_NS UINT64_C(30000000000)
#define LINGER_MS 2000 /* for a client that sends nothing more, and does not close either */

static void set_patience(const struct connection *connection, uint64_t read_ms)
{
    const struct timeval read = {.tv_sec = (time_t)(read_ms / 1000),
                                 .tv_usec = (suseconds_t)(read_ms % 1000 * 1000)};
    const struct timeval written = {.tv_sec = WRITE_SECONDS};

    bufferevent_set_timeouts(connection->stream, read_ms > 0 ? &read : NULL, &written);
}

uint64_t connection_take_count(struct connection *connection)
{
    uint64_t bytes = connection->counted_bytes;

    connection->counted_bytes = 0;
    return bytes;
}

/* Counts what has come of a body. Returns false if all bodies together are too large. Small ones don't count,
 * so that large ones that never end can't keep them out; the number of connections bounds them. */
static bool count_body(struct connection *connection, size_t size)
{
    if (connection->body_bytes <= SMALL_BYTES)
        return true;
    connection->front->bodies_bytes += size - connection->counted_bytes;
    connection->counted_bytes = size;
    return connection->front->bodies_bytes <= connection->front->load->config.http.bodies_bytes;
}

static void uncount_body(struct connection *connection)
{
    connection->front->bodies_bytes -= connection_take_count(connection);
}

/* Sets the time that a head or a body has from its first byte on, however slowly it comes. */
static void begin_deadline(struct connection *connection, uint64_t ms)
{
    connection->deadline_ns = timing_now_ns() + ms * 1000000;
}

/* Waits for more until the deadline. Returns false if it is over. */
static bool wait_for_more(struct connection *connection)
{
    uint64_t now_ns = timing_now_ns();

    if (now_ns >= connection->deadline_ns)
        return false;
    set_patience(connection, (connection->deadline_ns - now_ns) / 1000000 + 1);
    return true;
}

void connection_close(struct connection *connection)
{
    struct front *front = connection->front;
    struct front_run *run = front_waiters_leave(connection);

    if (connection->parsing)
        route_forget(connection->parsing);
    run_events_leave(connection);
    front_metrics_end_stream(connection);
    uncount_body(connection);
    connection_answer_end(connection);
    if (run) {
        run->is_forgotten |= !run->is_answering; /* the same request can come again, as a new run */
        front_run_cancel(front, run);
    }
    TAILQ_REMOVE(&front->connections, connection, entry);
    front->n_connections--;
    listening_leave(connection->listener);
    if (connection->late)
        event_free(connection->late);
    /* libevent closes the descriptor later, in its loop. */
    if (connection->stream) {
        departures_forget(&front->departures, connection);
        bufferevent_free(connection->stream);
    }
    free(connection->body);
    free(connection);
    front_check_drain(front);
}

void connection_close_soon(struct connection *connection)
{
    bufferevent_trigger_event(connection->stream, BEV_EVENT_ERROR, BEV_TRIG_DEFER_CALLBACKS);
}

/* Waits for the next request, which can have come already. */
static void begin(struct connection *connection)
{
    const struct config *config = &connection->front->load->config;

    connection->state = CONNECTION_HEAD;
    connection->idle_ns = timing_now_ns();
    connection->deadline_ns = 0;
    set_patience(connection, config->http.idle_ms);
    bufferevent_enable(connection->stream, EV_READ);
    if (evbuffer_get_length(bufferevent_get_input(connection->stream)) > 0)
        bufferevent_trigger(connection->stream, EV_READ, BEV_TRIG_DEFER_CALLBACKS);
}

/* A client that sends many requests and reads no answer would otherwise fill the memory with answers. */
static void wait_for_reader(struct connection *connection)
{
    free(steal(connection->body));
    uncount_body(connection);
    connection->state = CONNECTION_WRITING;
    departures_forget(&connection->front->departures, connection);
    set_patience(connection, 0);
    bufferevent_disable(connection->stream, EV_READ);
}

void connection_end_answer(struct connection *connection)
{
    if (connection->read_by_ns == 0) /* otherwise it is a stream whose run has ended */
        connection_reader_begin(connection, evbuffer_get_length(bufferevent_get_output(connection->stream)));
    if (connection->keeps_alive) {
        wait_for_reader(connection);
        return;
    }
    if (connection->state == CONNECTION_HEAD || connection->state == CONNECTION_BODY) {
        struct evbuffer *input = bufferevent_get_input(connection->stream);

        evbuffer_drain(input, evbuffer_get_length(input));
        connection->state = CONNECTION_LINGERING;
        connection->deadline_ns = timing_now_ns() + LINGER_MOST_NS;
        set_patience(connection, LINGER_MS);
        bufferevent_enable(connection->stream, EV_READ);
        return;
    }
    connection->state = CONNECTION_CLOSING;
    /* A client that sends nothing more can still read: nc -N. */
    departures_forget(&connection->front->departures, connection);
    bufferevent_disable(connection->stream, EV_READ);
    if (evbuffer_get_length(bufferevent_get_output(connection->stream)) == 0)
        bufferevent_trigger(connection->stream, EV_WRITE, BEV_TRIG_DEFER_CALLBACKS);
}

void connection_hold(struct connection *connection)
{
    connection->state = CONNECTION_PENDING;
    bufferevent_disable(connection->stream, EV_READ);
    set_patience(connection, 0);
    /* If memory is short: without it, the run of a client that leaves would go on. */
    if (departures_expect(&connection->front->departures, connection) < 0)
        connection_close_soon(connection);
}

static void refuse_slow(struct connection *connection, const char *detail)
{
    connection->keeps_alive = false;
    uncount_body(connection);
    connection_refuse_status(connection, 408, detail);
}

static void refuse_path(struct connection *connection)
{
    connection->keeps_alive = false;
    connection_refuse_status(connection, 404, "there is no such resource");
}

/* A resource that does not exist, or does not have the method, has no use for a length either. */
static void refuse_head(struct connection *connection, const struct http_request *request)
{
    bool is_length = request->status == 411;

    connection->keeps_alive = false;
    connection->method = request->method;
    if (is_length && !connection_head_take(connection, request))
        refuse_path(connection);
    else if (!is_length || route_find(connection))
        connection_refuse_status(connection, request->status, request->reason);
}

/* Reads a head. Returns false if nothing more can be done now. */
static bool read_head(struct connection *connection)
{
    static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
    struct evbuffer *input = bufferevent_get_input(connection->stream);
    size_t size = evbuffer_get_length(input);
    struct http_request request;
    enum access_verdict verdict;
    enum http_outcome outcome;
    const char *bytes;

    size = size < HTTP_HEAD_BYTES ? size : HTTP_HEAD_BYTES;
    bytes = (const char *)evbuffer_pullup(input, (ev_ssize_t)size);
    if (size == 0 || !bytes)
        return false;
    *connection->origin = *connection->principal = '\0';
    outcome = http_read(bytes, size, &request);
    if (outcome == HTTP_NEED_MORE) {
        if (connection->deadline_ns == 0)
            begin_deadline(connection, connection->front->load->config.http.header_ms);
        if (!wait_for_more(connection))
            refuse_slow(connection, "the head of the request did not come in time");
        return false;
    }
    if (outcome == HTTP_REFUSED) {
        refuse_head(connection, &request);
        return false;
    }
    connection->state = CONNECTION_BODY;
    verdict = connection_check(connection, &request);
    if (!connection_head_take(connection, &request)) {
        refuse_path(connection);
        return false;
    }
    verdict = connection_check_key(connection, verdict);
    evbuffer_drain(input, request.head_bytes);
    if (verdict != ACCESS_GRANTED)
        connection_turn_down(connection, verdict);
    if (verdict != ACCESS_GRANTED || !route_check(connection))
        return false;
    begin_deadline(connection, connection->front->load->config.http.body_ms);
    if (request.expects_continue && connection->body_bytes > 0)
        evbuffer_add(bufferevent_get_output(connection->stream), go_on, sizeof(go_on) - 1);
    return true;
}

/* Reads a body, and handles its request. */
static void read_body(struct connection *connection)
{
    struct evbuffer *input = bufferevent_get_input(connection->stream);
    size_t size = connection->body_bytes;

    if (!count_body(connection, evbuffer_get_length(input) < size ? evbuffer_get_length(input) : size)) {
        connection->keeps_alive = false;
        uncount_body(connection);
        connection_refuse_for_now(connection, 503, "too many large requests arrive at the same time", NULL);
        return;
    }
    if (evbuffer_get_length(input) < size) {
        if (!wait_for_more(connection))
            refuse_slow(connection, "the body of the request did not come in time");
        return;
    }
    connection->body = malloc(size + 1);
    if (!connection->body || evbuffer_remove(input, connection->body, size) != (int)size) {
        connection_close(connection);
        return;
    }
    connection->body[size] = '\0';
    connection_hold(connection);
    route_handle(connection);
}

static void drop_rest(struct connection *connection)
{
    struct evbuffer *input = bufferevent_get_input(connection->stream);

    evbuffer_drain(input, evbuffer_get_length(input));
    if (timing_now_ns() > connection->deadline_ns)
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
    if (connection->state == CONNECTION_STREAMING) {
        run_events_go_on(connection);
        return;
    }
    if (connection_send_piece(connection))
        return;
    connection_answer_end(connection);
    connection_reader_end(connection);
    if (connection->state == CONNECTION_WRITING)
        begin(connection);
    if (connection->state == CONNECTION_LINGERING)
        shutdown(bufferevent_getfd(stream), SHUT_WR);
    if (connection->state == CONNECTION_CLOSING)
        connection_close(connection);
}

/* An error, the end of the client's side, or a time-out. */
static void on_event(struct bufferevent *stream, short what, void *arg)
{
    struct connection *connection = arg;
    bool has_begun = evbuffer_get_length(bufferevent_get_input(stream)) > 0;

    if (what & BEV_EVENT_TIMEOUT && what & BEV_EVENT_WRITING)
        front_metrics_note_dropped(connection);
    if (what & BEV_EVENT_TIMEOUT && what & BEV_EVENT_READING && connection->state == CONNECTION_HEAD &&
        has_begun)
        refuse_slow(connection, "the head of the request did not come in time");
    else if (what & BEV_EVENT_TIMEOUT && what & BEV_EVENT_READING && connection->state == CONNECTION_BODY)
        refuse_slow(connection, "the body of the request did not come in time");
    else
        connection_close(connection);
}

void connection_open(struct front_listener *listener, const struct connection_peer *peer, int fd /* takes */)
{
    struct front *front = listener->front;
    struct connection *connection =
        connection_place_is_free(listener, peer) ? calloc(1, sizeof(*connection)) : NULL;

    if (!connection) {
        front_log_no_place(front, listener->address);
        front->metrics->rejected[METRICS_CONNECTIONS]++;
        connection_place_refuse(fd);
        return;
    }
    connection->front = front;
    connection->listener = listener;
    listener->n_connections++;
    connection->peer = *peer;
    TAILQ_INSERT_TAIL(&front->connections, connection, entry);
    front->n_connections++;
    connection->stream = bufferevent_socket_new(front->base, fd, BEV_OPT_CLOSE_ON_FREE);
    if (!connection->stream) {
        close(fd);
        connection_close(connection);
        return;
    }
    bufferevent_setcb(connection->stream, on_read, on_write, on_event, connection);
    begin(connection);
}
