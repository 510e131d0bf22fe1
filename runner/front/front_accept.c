/* SPDX-License-Identifier: MIT */
/* Accepts a run. */
#include "runner/front/front_accept.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "runner/front/connection_answer.h"
#include "runner/front/connection_drain.h"
#include "runner/front/front.h"
#include "runner/front/front_kept.h"
#include "runner/front/front_plan.h"
#include "runner/front/front_run.h"
#include "runner/front/front_switches.h"
#include "runner/front/front_waiters.h"
#include "runner/front/route_events.h"
#include "runner/front/route_run.h"
#include "runner/front/run_events.h"
#include "runner/text/random_text.h"
#include "sandbox/base/cleanup.h"

#define ID_BYTES 16 /* 128 random bits, so that nobody guesses another client's run */

static int name_run(struct front_run *run, struct error *err)
{
    if (run->job.id) {
        snprintf(run->id, sizeof(run->id), "%s", run->job.id);
        return 0;
    }
    if (random_text(ID_BYTES, run->id) < 0)
        return error_set(err, -EIO, EX_OSERR, "", "the machine has no random numbers");
    run->job.id = strdup(run->id);
    return run->job.id ? 0 : error_memory(err);
}

static void refuse_other_body(struct connection *waiter, const char *id)
{
    struct error err = {0};

    error_set(&err, -EEXIST, EX_DATAERR, "/id", "is the ID of another run");
    error_hint(&err, "use another ID, or none; the same ID needs exactly the same request");
    connection_refuse_error(waiter, &err, id);
}

/* Lets @waiter wait for the answer of a run, or read its events, or go. */
static void add_waiter(struct front_run *run, struct connection *waiter)
{
    if (waiter->wants_async) {
        run->is_async = true;
        route_run_answer_state(waiter, run);
        return;
    }
    if (waiter->wants_events && route_events_is_full(waiter, run->events))
        return;
    front_waiters_add(run, waiter);
    if (waiter->wants_events)
        route_events_begin(waiter, run);
}

/* Looks for a run with the same ID, which is still there or whose answer is kept. Returns true if @waiter now
 * waits for it, or is answered. */
static bool join(struct front *front, const struct front_run *run, struct connection *waiter)
{
    struct front_run *same = front_run_find(front, run->principal, run->id);
    struct kept_answer *kept = same ? NULL : front_kept_find(front, run->principal, run->id);

    if (!same && !kept)
        return false;
    if (memcmp(same ? same->digest : kept->digest, run->digest, sizeof(run->digest)) != 0)
        refuse_other_body(waiter, run->id);
    else if (same)
        add_waiter(same, waiter);
    else if (waiter->wants_events && !waiter->wants_async)
        route_events_begin_kept(waiter, kept);
    else
        connection_answer_result(waiter, kept->id, kept->content);
    return true;
}

/* Refuses a run if the service, or its profile, takes only runs that it has accepted before. Returns true if
 * it did. */
static bool refuse_new(const struct front *front, const struct front_run *run, struct connection *waiter)
{
    if (!front->is_draining || connection_drain_takes(waiter))
        return front_switches_refuse(waiter, run->job.profile);
    connection_refuse_status(waiter, 503, "the service is being stopped");
    return true;
}

/* Gives up a run of the client that fills the queue, so that it keeps nobody out. Returns false if @run's
 * client has as many. */
static bool make_room(struct front *front, const struct front_run *run)
{
    struct queue_run *surplus = queue_surplus(&front->queue, &run->link);

    if (surplus)
        front_run_turn_away(front, front_run_of(surplus), 429, "too many runs of this client wait already");
    return surplus != NULL;
}

/* Notes whose run it is, for fairness. @header: the value of Exrun-Client; "": not given. */
static int set_client(struct front_run *run, const char *header, struct error *err)
{
    run->link.client = front_run_label(run, "client");
    if (!*header)
        return 0;
    if (!run->link.client) {
        run->client = strdup(header);
        run->link.client = run->client;
        return run->client ? 0 : error_memory(err);
    }
    if (strcmp(run->link.client, header) == 0)
        return 0;
    error_set(err, -EINVAL, EX_DATAERR, "/labels/client", "is not the same as the header Exrun-Client");
    error_hint(err, "send the client in one of them");
    return -EINVAL;
}

/* The same request for another kind of cell is another run. */
static void set_cell(struct front_run *run, enum front_cell cell)
{
    run->cell = cell;
    run->link.is_choosy = cell != FRONT_CELL_ANY;
    run->digest[0] ^= (unsigned char)cell;
}

int front_accept(struct front *front, struct front_run *given /* takes */, struct connection *waiter,
                 struct error *err)
{
    _cleanup_(front_run_dropp) struct front_run *run = given;
    int r = set_client(run, waiter->client, err), pushed;

    set_cell(run, waiter->cell);
    waiter->last_event = (struct event_id){0}; /* the stream of this request can't be resumed */
    if (r == 0)
        r = name_run(run, err);
    snprintf(run->principal, sizeof(run->principal), "%s", waiter->principal);
    if (r == 0 && (join(front, run, waiter) || refuse_new(front, run, waiter)))
        return 0;
    if (r == 0 && (waiter->wants_events || waiter->wants_async || run->job.keeps_input_open)) {
        run->events = run_events_new(front, run->id);
        r = run->events ? 0 : error_memory(err);
    }
    if (r == 0)
        r = front_plan(front, run, err);
    if (r < 0)
        return r;
    run->link.principal = run->principal;
    run->link.is_async = waiter->wants_async;
    run->link.deadline_ns = run->received_ns + front->load->config.queue.wait_ms * 1000000;
    do
        pushed = queue_push(&front->queue, &run->link);
    while (pushed != 0 && make_room(front, run));
    if (pushed != 0) {
        connection_refuse_for_now(waiter, 429, "too many runs wait already", run->id);
        return 0;
    }
    TAILQ_INSERT_TAIL(&front->runs, run, entry);
    front_demand_note_arrival(front, run);
    front_pool_decide_now(front);
    add_waiter(run, waiter);
    if (front_demand_is_broken(front, run->profile))
        front_run_give_up(front, run);
    run = NULL; /* it is in the front's lists, or answered */
    return 0;
}
