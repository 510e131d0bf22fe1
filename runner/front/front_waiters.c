/* SPDX-License-Identifier: MIT */
/* The connections that wait for the answer of a run. */
#include "runner/front/front_waiters.h"

#include "runner/front/connection_answer.h"
#include "runner/front/front_run.h"
#include "runner/front/run_events.h"
#include "sandbox/base/cleanup.h"

void front_waiters_add(struct front_run *run, struct connection *connection)
{
    TAILQ_INSERT_TAIL(&run->waiters, connection, waiting);
    connection->run = run;
}

struct front_run *front_waiters_leave(struct connection *connection)
{
    struct front_run *run = steal(connection->run);

    if (!run)
        return NULL;
    TAILQ_REMOVE(&run->waiters, connection, waiting);
    return front_waiters_any(run) || run->is_async ? NULL : run;
}

bool front_waiters_any(const struct front_run *run)
{
    return !TAILQ_EMPTY(&run->waiters);
}

/* Returns one that waits no more, or NULL. Those that read events are told by them. An answer that fails
 * closes its connection, so the list is read again for each one. */
static struct connection *take(struct front_run *run)
{
    struct connection *connection;

    while ((connection = TAILQ_FIRST(&run->waiters))) {
        front_waiters_leave(connection);
        if (!connection->events)
            return connection;
    }
    return NULL;
}

void front_waiters_answer(struct front_run *run, struct content *content)
{
    struct connection *connection;

    while ((connection = take(run)))
        connection_answer_result(connection, run->id, content);
}

/* The same, and then the readers of the run's events, whose answers have begun: they get the problem as an
 * event, and leave. Those of an asynchronous run stay, because it has a result. */
static struct connection *take_any(struct front_run *run)
{
    struct connection *connection = take(run);

    return connection || run->is_async || !run->events ? connection : TAILQ_FIRST(&run->events->readers);
}

void front_waiters_refuse_error(struct front_run *run, const struct error *err)
{
    struct connection *connection;

    while ((connection = take_any(run)))
        connection_refuse_error(connection, err, run->id);
}

void front_waiters_refuse_for_now(struct front_run *run, unsigned int status, const char *detail)
{
    struct connection *connection;

    while ((connection = status == 503 ? take(run) : take_any(run)))
        connection_refuse_for_now(connection, status, detail, run->id);
}

void front_waiters_close(struct front_run *run)
{
    struct connection *connection;

    while ((connection = take(run)))
        connection_close(connection);
}
