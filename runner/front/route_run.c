/* SPDX-License-Identifier: MIT */
/* GET and DELETE /v1/runs/ID. */
#include "runner/front/route_run.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "runner/front/connection_answer.h"
#include "runner/front/front.h"
#include "runner/front/front_kept.h"
#include "runner/front/front_run.h"

void route_run_id(const struct connection *connection, char ret[CONNECTION_PATH_ROOM])
{
    const char *id = connection->path + strlen(ROUTE_RUNS);

    snprintf(ret, CONNECTION_PATH_ROOM, "%.*s", (int)strcspn(id, "/"), id);
}

bool route_run_find(struct connection *connection, const char *id, struct route_found *ret)
{
    struct front *front = connection->front;

    ret->id = id;
    ret->run = front_run_find(front, connection->principal, ret->id);
    ret->kept = ret->run ? NULL : front_kept_find(front, connection->principal, ret->id);
    if (ret->run || ret->kept)
        return true;
    connection_refuse_status(connection, 404,
                             "there is no run with this ID, or its result is not kept any more");
    return false;
}

void route_run_answer_state(struct connection *connection, const struct front_run *run)
{
    bool is_waiting = front_run_waits(run), is_new = connection->method == HTTP_POST;
    json_t *object = json_pack("{ss ss}", "id", run->id, "state", is_waiting ? "queued" : "running");
    char location[sizeof(ROUTE_RUNS) + CONNECTION_RUN_ROOM];

    snprintf(location, sizeof(location), ROUTE_RUNS "%s", run->id);
    if (object && is_new)
        json_object_set_new(object, "durable", json_false());
    if (object && is_waiting)
        json_object_set_new(object, "position",
                            json_integer((json_int_t)queue_position(&connection->front->queue, &run->link)));
    connection_answer_json(
        connection,
        &(struct http_answer){.status = 202,
                              .headers = {[HTTP_RETRY_AFTER] = "1",
                                          [HTTP_EXRUN_RUN] = run->id,
                                          [HTTP_LOCATION] = is_new ? location : NULL,
                                          [HTTP_PREFERENCE_APPLIED] = is_new ? "respond-async" : NULL}},
        object);
}

void route_run_get(struct connection *connection)
{
    struct route_found found;

    if (!route_run_find(connection, connection->path + strlen(ROUTE_RUNS), &found))
        return;
    if (found.kept)
        connection_answer_result(connection, found.kept->id, found.kept->content);
    else
        route_run_answer_state(connection, found.run);
}

void route_run_delete(struct connection *connection)
{
    struct route_found found;
    bool forgets = connection->query.given & QUERY_BIT(QUERY_FORGET);

    if (!route_run_find(connection, connection->path + strlen(ROUTE_RUNS), &found))
        return;
    if (found.run) {
        found.run->is_forgotten |= forgets;
        front_run_cancel(connection->front, found.run);
    } else if (forgets) {
        kept_answers_drop(&connection->front->kept, found.kept);
    }
    connection_answer(connection,
                      &(struct http_answer){.status = 204, .headers = {[HTTP_EXRUN_RUN] = found.id}}, NULL);
}
