/* SPDX-License-Identifier: MIT */
/* Streams of a run's events. */
#include "runner/front/route_events.h"

#include "runner/front/connection_answer.h"
#include "runner/front/event_write.h"
#include "runner/front/front.h"
#include "runner/front/front_memory.h"
#include "runner/front/front_plan.h"
#include "runner/front/front_run.h"
#include "runner/front/front_stream.h"
#include "runner/front/kept_answers.h"
#include "runner/front/restored_events.h"
#include "runner/front/route_run.h"
#include "runner/front/run_events.h"
#include "sandbox/base/cleanup.h"

bool route_events_is_full(struct connection *connection, const struct run_events *events)
{
    if (!events || events->n_readers < connection->front->load->config.http.streams_per_run)
        return false;
    connection_refuse_for_now(connection, 429, "the run has as many streams as it may have", events->id);
    return true;
}

void route_events_begin(struct connection *connection, struct front_run *run)
{
    struct front *front = connection->front;

    if (!run->events) {
        run->events = run_events_new(front, run->id);
        if (front_run_waits(run))
            front_plan_memory(run);
        /* They are made of the result, as those of a run that was answered before. */
        if (run->events && run->is_answering)
            run->events->is_restored = true;
    }
    if (!run->events) {
        connection_close_soon(connection);
        return;
    }
    run_events_read(run->events, connection,
                    front_run_waits(run) ? queue_position(&front->queue, &run->link) : 0);
    front_stream_ask(front, run);
}

/* Returns the events of a kept result, with a reference, or NULL if memory is short. If no client has asked
 * for them before its end, they are made of it. They are kept only if nothing has to go for them. */
static struct run_events *events_of(struct front *front, struct kept_answer *kept)
{
    struct run_events *events = kept->events;

    if (events) {
        run_events_ref(events);
        return events;
    }
    events = run_events_new(front, kept->id);
    if (events && kept->has_lost_events)
        events->attempt = 2;
    if (events && restored_events_make(events, kept->content) < 0)
        run_events_unref(steal(events));
    if (events && front->kept.bytes + run_events_memory(events) <= front->load->config.keep.bytes) {
        kept_answers_set_events(&front->kept, kept, events);
        front_memory_reserve(front, 0);
    }
    return events;
}

static void refuse_memory(struct connection *connection)
{
    connection_refuse_status(connection, 503, "the service has too little memory at the moment");
}

void route_events_begin_kept(struct connection *connection, struct kept_answer *kept)
{
    _cleanup_(run_events_unrefp) struct run_events *events = events_of(connection->front, kept);

    if (!events)
        refuse_memory(connection);
    else if (!route_events_is_full(connection, events))
        run_events_read(events, connection, 0);
}

/* Returns true if the request is answered without a stream. @events: NULL: so far none. */
static bool answer_without(struct connection *connection, const struct route_found *found,
                           const struct run_events *events)
{
    const struct event_id *asked = &connection->last_event,
                          last = {events ? events->attempt : 1, events ? run_events_n(events) : 0};
    struct http_answer answer = {.status = 204, .headers = {[HTTP_EXRUN_RUN] = found->id}};

    if (connection->is_event_wrong || asked->attempt > last.attempt ||
        (asked->attempt == last.attempt && asked->number > last.number)) {
        connection_refuse_status(connection, 400, "Last-Event-ID is not the ID of an event of this run");
        return true;
    }
    /* The stream is over, and 204 tells a browser not to come again. */
    if (found->kept && asked->attempt == last.attempt && asked->number == last.number) {
        connection_answer(connection, &answer, NULL);
        return true;
    }
    if (connection->method != HTTP_HEAD)
        return route_events_is_full(connection, events);
    answer.status = 200;
    answer.type = EVENTS_TYPE;
    answer.is_stream = true;
    connection->keeps_alive = false;
    connection_answer(connection, &answer, NULL);
    return true;
}

void route_events_get(struct connection *connection)
{
    _cleanup_(run_events_unrefp) struct run_events *events = NULL;
    char id[CONNECTION_PATH_ROOM];
    struct route_found found;

    route_run_id(connection, id);
    if (!route_run_find(connection, id, &found))
        return;
    if (found.run) {
        events = found.run->events;
        run_events_ref(events);
    } else {
        events = events_of(connection->front, found.kept);
        if (!events) {
            refuse_memory(connection);
            return;
        }
    }
    if (answer_without(connection, &found, events))
        return;
    /* Events of another log are not these. */
    if (events && connection->last_event.attempt < events->attempt)
        connection->last_event = (struct event_id){0};
    if (found.run)
        route_events_begin(connection, found.run);
    else
        run_events_read(events, connection, 0);
}
