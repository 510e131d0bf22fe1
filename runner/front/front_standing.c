/* SPDX-License-Identifier: MIT */
/* The runs whose program waits for input. */
#include "runner/front/front_standing.h"

#include <errno.h>
#include <event2/event.h>

#include "runner/front/due.h"
#include "runner/front/front.h"
#include "runner/front/front_input.h"
#include "runner/front/front_orders.h"
#include "runner/front/front_run.h"
#include "sandbox/base/timing.h"

#define MS UINT64_C(1000000)

/* Returns the run whose stdin is the next to be closed, or NULL. */
static struct front_run *find_next(const struct front *front)
{
    struct front_run *run;

    TAILQ_FOREACH(run, &front->standing.runs, standing)
    if (!run->input.has_ended)
        return run;
    return NULL;
}

static uint64_t due_ns(const struct front *front, const struct front_run *run)
{
    return run->wait.since_ns + front->load->config.input.idle_ms * MS;
}

static void set_due(struct front *front)
{
    const struct front_run *run = find_next(front);

    due_set(front->standing.due, run ? due_ns(front, run) : UINT64_MAX);
}

/* Looks for the next one after each, because a run whose keeper is gone ends. */
static void on_due(evutil_socket_t fd, short what, void *arg)
{
    struct front *front = arg;
    struct front_run *run;

    (void)fd;
    (void)what;
    while ((run = find_next(front)) && due_ns(front, run) <= timing_now_ns()) {
        run->input.has_ended = true;
        front_input_send(run);
    }
    set_due(front);
}

int front_standing_open(struct front *front)
{
    TAILQ_INIT(&front->standing.runs);
    front->standing.due = event_new(front->base, -1, 0, on_due, front);
    return front->standing.due ? 0 : -ENOMEM;
}

void front_standing_close(struct front *front)
{
    if (front->standing.due)
        event_free(front->standing.due);
}

static bool is_of_client(const struct front_run *run, const struct front_run *other)
{
    return run->link.client && queue_is_same_client(&run->link, &other->link);
}

/* Of the places of runs, one at least is left for those that do not wait for a person. */
static size_t most_standing(const struct front *front)
{
    const struct config *config = &front->load->config;
    uint64_t rest = config->cells.running > 0 ? config->cells.running - 1 : 0;

    return config->input.waiting < rest ? config->input.waiting : rest;
}

/* Returns the run that has waited longest of those whose time stands still, if there are too many of them
 * with @run; otherwise NULL. */
static struct front_run *find_surplus(const struct front *front, const struct front_run *run)
{
    struct front_run *other = NULL, *first = NULL;
    size_t n = 0;

    if (run->wait.goes_on)
        return NULL;
    TAILQ_FOREACH(other, &front->standing.runs, standing)
    {
        if (other->wait.goes_on)
            continue;
        if (other != run && is_of_client(run, other))
            return other;
        first = first ? first : other;
        n++;
    }
    return n > most_standing(front) ? first : NULL;
}

/* Puts the run behind those that have waited longer. */
static void insert(struct front_standing *all, struct front_run *run)
{
    struct front_run *other = TAILQ_FIRST(&all->runs);

    while (other && other->wait.since_ns <= run->wait.since_ns)
        other = TAILQ_NEXT(other, standing);
    if (other)
        TAILQ_INSERT_BEFORE(other, run, standing);
    else
        TAILQ_INSERT_TAIL(&all->runs, run, standing);
}

void front_standing_begin(struct front *front, struct front_run *run)
{
    struct front_wait *wait = &run->wait;
    struct front_run *surplus;

    front_standing_end(front, run);
    wait->is_on = true;
    if (wait->since_ns == 0 || wait->n_taken != run->input.n_taken)
        wait->since_ns = timing_now_ns();
    wait->n_taken = run->input.n_taken;
    insert(&front->standing, run);
    surplus = find_surplus(front, run);
    if (surplus) {
        surplus->wait.goes_on = true;
        front_keeper_tell(surplus->keeper, WIRE_GO_ON, (struct wire_message){.run = surplus->number});
    }
    set_due(front);
}

void front_standing_renew(struct front *front)
{
    set_due(front);
}

void front_standing_end(struct front *front, struct front_run *run)
{
    if (!run->wait.is_on)
        return;
    TAILQ_REMOVE(&front->standing.runs, run, standing);
    run->wait.is_on = false;
    set_due(front);
}
