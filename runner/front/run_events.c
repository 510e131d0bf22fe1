/* SPDX-License-Identifier: MIT */
/* The events of a run, and their readers. */
#include "runner/front/run_events.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/answer/result_figures.h"
#include "runner/front/connection_answer.h"
#include "runner/front/connection_reader.h"
#include "runner/front/due.h"
#include "runner/front/event_write.h"
#include "runner/front/front.h"
#include "runner/front/front_memory.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/timing.h"
#include "sandbox/plan/plan.h"

#define READER_BYTES 32000 /* with an event, whose record escapes at most double, less than 64 KiB */
#define COMMENT_SECONDS 15
#define AGAIN_NS UINT64_C(10000000)
#define CELL_SHIFT 4 /* of the cell in the detail of EVENT_STARTED, beside the stage */

static void on_due(evutil_socket_t fd, short what, void *arg);

struct run_events *run_events_new(struct front *front, const char *id)
{
    struct run_events *events = calloc(1, sizeof(*events));

    if (!events)
        return NULL;
    *events = (struct run_events){.n_references = 1, .front = front, .attempt = 1};
    snprintf(events->id, sizeof(events->id), "%s", id);
    TAILQ_INIT(&events->readers);
    events->due = evtimer_new(front->base, on_due, events);
    if (events->due)
        return events;
    free(events);
    return NULL;
}

void run_events_ref(struct run_events *events)
{
    if (events)
        events->n_references++;
}

void run_events_unref(struct run_events *events)
{
    if (!events || --events->n_references > 0)
        return;
    stream_log_deinit(&events->log);
    content_unref(events->end);
    content_unref(events->lean);
    event_free(events->due);
    free(events);
}

void run_events_unrefp(struct run_events **events)
{
    run_events_unref(*events);
}

static json_t *started_json(const struct event_record *record, const char *id)
{
    enum stage stage = record->detail & ((1U << CELL_SHIFT) - 1);

    return json_pack("{ss ss ss}", "id", id, "cell", result_figures_cell(record->detail >> CELL_SHIFT),
                     "stage", stage == STAGE_COMPILE ? "compile" : "run");
}

static int write_end(struct connection *connection, struct event_name *name)
{
    const struct run_events *events = connection->events;
    struct content *content =
        connection->query.given & QUERY_BIT(QUERY_LEAN) && events->lean ? events->lean : events->end;

    name->type = "result";
    connection_count_sent(connection, content);
    return event_write_content(bufferevent_get_output(connection->stream), name, content);
}

static int write_record(struct connection *connection, const struct event_record *record)
{
    const struct run_events *events = connection->events;
    struct evbuffer *output = bufferevent_get_output(connection->stream);
    struct event_name name = {.attempt = events->attempt, .number = connection->next_event + 1};
    const struct bytes bytes = stream_log_bytes(&events->log, record);

    switch (record->kind) {
    case EVENT_STARTED:
        name.type = "started";
        return event_write_object(output, &name, started_json(record, events->id));
    case EVENT_READING:
        name.type = "reading";
        return event_write_object(output, &name, json_object());
    case EVENT_STDOUT:
    case EVENT_STDERR:
        name.type = record->kind == EVENT_STDOUT ? "stdout" : "stderr";
        return event_write_output(output, &name, &bytes);
    default:
        return write_end(connection, &name);
    }
}

size_t run_events_n(const struct run_events *events)
{
    return events->log.n;
}

size_t run_events_memory(const struct run_events *events)
{
    return sizeof(*events) + stream_log_memory(&events->log) + (events->lean ? events->lean->text.size : 0);
}

/* A run in progress has memory for its events. After its end, they count if somebody reads them. */
static void count(struct run_events *events)
{
    bool counts = events->end && events->n_readers > 0;

    if (counts == (events->reserved_bytes > 0))
        return;
    if (counts) {
        events->reserved_bytes = run_events_memory(events);
        front_memory_reserve(events->front, events->reserved_bytes);
    } else {
        front_memory_release(events->front, events->reserved_bytes);
        events->reserved_bytes = 0;
        front_pool_decide(events->front);
    }
}

void run_events_leave(struct connection *connection)
{
    struct run_events *events = steal(connection->events);

    if (!events)
        return;
    TAILQ_REMOVE(&events->readers, connection, reading);
    events->n_readers--;
    count(events);
    if (connection->comment)
        event_free(steal(connection->comment));
    run_events_unref(events);
}

int run_events_refuse(struct connection *connection, json_t *problem /* takes */)
{
    const struct event_name name = {
        .type = "problem", .attempt = connection->events->attempt, .number = connection->next_event + 1};
    int r = event_write_object(bufferevent_get_output(connection->stream), &name, problem);

    run_events_leave(connection);
    return r;
}

/* Closes the connection after the current event, because others may be in the middle of the list. */
static void give_up(struct connection *connection)
{
    run_events_leave(connection);
    connection_close_soon(connection);
}

void run_events_go_on(struct connection *connection)
{
    struct evbuffer *output = bufferevent_get_output(connection->stream);
    const struct event_record *record = NULL;
    uint8_t kind = EVENT_STARTED;

    if (!connection->events) /* it is about to be closed */
        return;
    while (kind != EVENT_END && evbuffer_get_length(output) < READER_BYTES &&
           (record = stream_log_take(&connection->events->log, connection->next_event))) {
        kind = record->kind;
        if (write_record(connection, record) < 0) {
            give_up(connection);
            return;
        }
        connection->next_event++;
    }
    if (kind == EVENT_END) {
        run_events_leave(connection);
        connection_end_answer(connection);
    }
    connection_write_now(connection);
}

/* A proxy may close a connection on which nothing moves. */
static void on_comment(evutil_socket_t fd, short what, void *arg)
{
    struct connection *connection = arg;
    struct evbuffer *output = bufferevent_get_output(connection->stream);

    (void)fd;
    (void)what;
    if (evbuffer_get_length(output) == 0 && evbuffer_add(output, ":\n\n", 3) < 0)
        connection_close(connection);
}

/* The events have ended, so the reader has a time for all that it has not read: the base64 of one that has
 * read nothing is the most. */
static void begin_last_part(struct connection *connection)
{
    const struct run_events *events = connection->events;

    connection_reader_begin(connection, 2 * run_events_bytes(events) + events->end->text.size);
}

static int write_queued(struct connection *connection, size_t position)
{
    const struct event_name name = {.type = "queued"};

    return event_write_object(
        bufferevent_get_output(connection->stream), &name,
        json_pack("{ss sI}", "id", connection->events->id, "position", (json_int_t)position));
}

/* Tells the page to begin again, because its events may have been others. */
static int write_restarted(struct connection *connection)
{
    const struct event_name name = {.type = "restarted"};

    return event_write_object(bufferevent_get_output(connection->stream), &name,
                              json_pack("{si}", "attempt", (int)connection->events->attempt));
}

void run_events_read(struct run_events *events, struct connection *connection, size_t position)
{
    static const char retry[] = "retry: 1000\n\n";
    const struct timeval comment = {.tv_sec = COMMENT_SECONDS};

    connection->comment = event_new(connection->front->base, -1, EV_PERSIST, on_comment, connection);
    events->n_references++;
    connection->events = events;
    connection->next_event = connection->last_event.number;
    TAILQ_INSERT_TAIL(&events->readers, connection, reading);
    events->n_readers++;
    count(events);
    if (!connection->comment || event_add(connection->comment, &comment) < 0 ||
        connection_begin_stream(connection, events->id) < 0 ||
        evbuffer_add(bufferevent_get_output(connection->stream), retry, sizeof(retry) - 1) < 0 ||
        (position > 0 && write_queued(connection, position) < 0) ||
        (events->is_restored && connection->last_event.number == 0 && write_restarted(connection) < 0)) {
        give_up(connection);
        return;
    }
    if (events->end)
        begin_last_part(connection);
    run_events_go_on(connection);
}

static void tell_readers(struct run_events *events)
{
    struct connection *next;

    events->n_references++;
    for (struct connection *connection = TAILQ_FIRST(&events->readers); connection; connection = next) {
        next = TAILQ_NEXT(connection, reading);
        run_events_go_on(connection);
    }
    run_events_unref(events);
}

static void set_due(struct run_events *events)
{
    uint64_t due_ns = stream_log_due_ns(&events->log), now_ns = timing_now_ns();

    /* One that is due already could not be cut, because memory is short. */
    due_set(events->due, due_ns > now_ns ? due_ns : now_ns + AGAIN_NS);
}

static void on_due(evutil_socket_t fd, short what, void *arg)
{
    struct run_events *events = arg;

    (void)fd;
    (void)what;
    /* If memory is short now, the text waits for its next part. */
    stream_log_cut(&events->log, timing_now_ns());
    set_due(events);
    tell_readers(events);
}

int run_events_started(struct run_events *events, enum stage stage, enum run_cell cell)
{
    int r =
        stream_log_add(&events->log, EVENT_STARTED, (uint8_t)(stage | cell << CELL_SHIFT), timing_now_ns());

    if (r == 0)
        tell_readers(events);
    return r;
}

int run_events_output(struct run_events *events, bool is_stderr, const struct bytes *bytes)
{
    int r = stream_log_append(&events->log, is_stderr ? EVENT_STDERR : EVENT_STDOUT, bytes, timing_now_ns());

    if (r < 0)
        return r;
    set_due(events);
    tell_readers(events);
    return 0;
}

int run_events_reading(struct run_events *events, uint64_t n_taken)
{
    bool is_same =
        events->n_readings > 0 && events->reading_n == events->log.n && events->reading_taken == n_taken;
    int r;

    if (is_same || events->n_readings == RUN_EVENTS_READINGS)
        return 0;
    r = stream_log_add(&events->log, EVENT_READING, 0, timing_now_ns());
    if (r < 0)
        return r;
    events->n_readings++;
    events->reading_n = events->log.n;
    events->reading_taken = n_taken;
    tell_readers(events);
    return 0;
}

size_t run_events_bytes(const struct run_events *events)
{
    return events->log.texts[0].all.size + events->log.texts[1].all.size;
}

static int copy(const struct event_text *text, struct bytes *ret)
{
    struct growing all = {.data = NULL};
    int r = text->all.size > 0 ? growing_add(&all, text->all.data, text->all.size) : 0;

    if (all.data)
        *ret = (struct bytes){.data = all.data, .size = all.size};
    return r;
}

int run_events_copy(const struct run_events *events, struct bytes *ret_output, struct bytes *ret_errors)
{
    int r = copy(&events->log.texts[0], ret_output);

    return r < 0 ? r : copy(&events->log.texts[1], ret_errors);
}

int run_events_complete(struct run_events *events, const struct bytes *output, const struct bytes *errors)
{
    const struct bytes *const all[] = {output, errors};
    int r = 0;

    for (size_t i = 0; i < 2 && r == 0; i++) {
        size_t had = events->log.texts[i].all.size;

        if (had > all[i]->size)
            return -EBADMSG;
        if (had < all[i]->size)
            r = run_events_output(events, i == 1,
                                  &(struct bytes){.data = all[i]->data + had, .size = all[i]->size - had});
    }
    return r;
}

int run_events_end(struct run_events *events, struct content *content, struct content *lean)
{
    struct connection *connection;

    event_del(events->due);
    if (content && stream_log_add(&events->log, EVENT_END, 0, timing_now_ns()) == 0) {
        events->end = content_ref(content);
        events->lean = lean ? content_ref(lean) : NULL;
        stream_log_fit(&events->log);
        count(events);
        for (connection = TAILQ_FIRST(&events->readers); connection;
             connection = TAILQ_NEXT(connection, reading))
            begin_last_part(connection);
        tell_readers(events);
        return 0;
    }
    while ((connection = TAILQ_FIRST(&events->readers)))
        connection_close(connection);
    return -ENOMEM;
}
