/* SPDX-License-Identifier: MIT */
/* POST /v1/runs/ID/stdin. */
#include "runner/front/route_input.h"

#include <inttypes.h>
#include <stdio.h>

#include "runner/front/connection_answer.h"
#include "runner/front/front.h"
#include "runner/front/front_input.h"
#include "runner/front/front_run.h"
#include "runner/front/route_run.h"

/* An answer that a person types counts for nothing, so that a full queue does not refuse it. */
#define SMALL_BYTES 4096

static void refuse(struct connection *connection, const char *detail)
{
    connection_refuse_status(connection, 409, detail);
}

/* The program reads on, so there will be room. */
static void refuse_full(struct connection *connection)
{
    connection_refuse_early(connection,
                            &(struct http_answer){.status = 409, .headers = {[HTTP_RETRY_AFTER] = "1"}},
                            "stdin is full: the program has not read what was sent before");
}

/* Returns true if the run takes no input, or not this one; then the request is answered. */
static bool answer_without(struct connection *connection, const struct route_found *found)
{
    const struct front_run *run = found->run;
    char detail[96];

    if (!run || run->is_answering) {
        refuse(connection, "the run has ended");
        return true;
    }
    if (!run->job.keeps_input_open) {
        refuse(connection, "stdin was not left open (\"stdin_open\" in the request)");
        return true;
    }
    /* Before the others, so that a client that asks again learns whether its bytes have come. */
    if (connection->query.given & QUERY_BIT(QUERY_AT) &&
        connection->query.at != front_input_next(&run->input)) {
        snprintf(detail, sizeof(detail), "the next byte of stdin has the offset %" PRIu64,
                 front_input_next(&run->input));
        refuse(connection, detail);
        return true;
    }
    if (run->input.has_ended) {
        refuse(connection, "stdin is closed");
        return true;
    }
    if (front_input_unread(&run->input) + connection->body_bytes <= FRONT_INPUT_MOST_BYTES)
        return false;
    refuse_full(connection);
    return true;
}

void route_input_post(struct connection *connection)
{
    char id[CONNECTION_PATH_ROOM];
    const struct http_answer answer = {.status = 204, .headers = {[HTTP_EXRUN_RUN] = id}};
    struct front *front = connection->front;
    struct route_found found;

    route_run_id(connection, id);
    if (!route_run_find(connection, id, &found) || answer_without(connection, &found))
        return;
    if (front_run_waits(found.run) &&
        front_input_unread(&found.run->input) + connection->body_bytes > SMALL_BYTES &&
        queue_grow(&front->queue, &found.run->link, connection->body_bytes) != 0) {
        connection_refuse_for_now(connection, 429, "the runs that wait have as much input as they may have",
                                  found.id);
        return;
    }
    if (front_input_add(&found.run->input, connection->body, connection->body_bytes,
                        connection->query.given & QUERY_BIT(QUERY_CLOSE)) < 0) {
        connection_refuse_status(connection, 503, "the service has too little memory at the moment");
        return;
    }
    connection_answer(connection, &answer, NULL);
    front_input_send(found.run);
}
