/* SPDX-License-Identifier: MIT */
/* POST /v1/runs: reads a request, in the worker if it is large, and accepts its run. */
#include "runner/front/route_post.h"

#include <errno.h>
#include <stdlib.h>

#include "runner/front/connection_access.h"
#include "runner/front/connection_answer.h"
#include "runner/front/front.h"
#include "runner/front/front_accept.h"
#include "runner/front/front_run.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/timing.h"

#define SMALL_BYTES (16 << 10) /* of a request that the loop parses itself */

static void accept_run(struct connection *connection, struct front_run *run /* takes */, struct error *err)
{
    if (connection->front->is_ending) {
        if (run)
            front_run_drop(run);
        connection_refuse_status(connection, 503, "the service is being stopped");
        return;
    }
    if (run && !connection_may_run(connection, run->job.profile)) {
        front_run_drop(run);
        connection_refuse_status(connection, 403, "this token may not run programs of this profile");
        return;
    }
    if (!run || front_accept(connection->front, run, connection, err) < 0)
        connection_refuse_error(connection, err, NULL);
}

/* A request that is parsed by the worker. @connection: NULL if the client has left. */
struct parsing {
    struct work work;
    struct connection *connection;
    struct front *front;
    char *body;
    size_t size;
    uint64_t counted_bytes; /* of front->bodies_bytes */
    uint64_t received_ns;
    struct front_run *run;
    struct error err;
};

static void parse(struct work *work)
{
    struct parsing *parsing = (struct parsing *)work;

    parsing->run = front_run_read(parsing->body, parsing->size, &parsing->err);
    free(steal(parsing->body));
}

static void accept_parsed(struct work *work)
{
    struct parsing *parsing = (struct parsing *)work;

    parsing->front->bodies_bytes -= parsing->counted_bytes;
    if (parsing->run)
        parsing->run->received_ns = parsing->received_ns;
    if (parsing->connection) {
        parsing->connection->parsing = NULL;
        accept_run(parsing->connection, parsing->run, &parsing->err);
    } else if (parsing->run) {
        front_run_drop(parsing->run);
    }
    free(parsing);
}

void route_forget(struct parsing *parsing)
{
    parsing->connection = NULL;
}

static void parse_later(struct connection *connection)
{
    struct parsing *parsing = calloc(1, sizeof(*parsing));

    if (!parsing) {
        connection_refuse_status(connection, 503, "the service has too little memory at the moment");
        return;
    }
    *parsing = (struct parsing){.work = {.act = parse, .done = accept_parsed},
                                .connection = connection,
                                .front = connection->front,
                                .size = connection->body_bytes,
                                .counted_bytes = connection_take_count(connection),
                                .received_ns = timing_now_ns()};
    parsing->body = steal(connection->body);
    connection->parsing = parsing;
    worker_give(&connection->front->worker, &parsing->work, parsing->size);
}

static bool refuse_head(struct connection *connection, unsigned int status, const char *detail)
{
    connection_refuse_early(connection, &(struct http_answer){.status = status}, detail);
    return false;
}

bool route_post_check(struct connection *connection)
{
    if (!connection->has_cell)
        return true;
    if (!connection->is_admin)
        return refuse_head(connection, 403, "only an administrator's socket takes the header Exrun-Cell");
    if (connection->cell == FRONT_CELL_ANY)
        return refuse_head(connection, 400, "Exrun-Cell must be \"cold\", \"ready\" or \"parked\"");
    return true;
}

void route_post(struct connection *connection)
{
    struct front_run *run;
    struct error err = {0};

    if (connection->query.given & QUERY_BIT(QUERY_LEAN) &&
        (!connection->wants_events || connection->wants_async)) {
        connection_refuse_status(connection, 400, "only a stream of events can be lean");
        return;
    }
    if (connection->body_bytes > SMALL_BYTES) {
        parse_later(connection);
        return;
    }
    run = front_run_read(connection->body, connection->body_bytes, &err);
    free(steal(connection->body));
    connection->front->bodies_bytes -= connection_take_count(connection);
    accept_run(connection, run, &err);
}
