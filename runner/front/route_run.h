/* SPDX-License-Identifier: MIT */
/* GET and DELETE /v1/runs/ID: looks at a run, and ends it. */
#ifndef EXRUN_RUNNER_FRONT_ROUTE_RUN_H
#define EXRUN_RUNNER_FRONT_ROUTE_RUN_H

#include <stdbool.h>

#include "runner/front/connection.h"

#define ROUTE_RUNS "/v1/runs/" /* an ID follows */

struct front_run;
struct kept_answer;

/* The run that an ID names, or the answer that is kept of it; the other one is NULL. */
struct route_found {
    const char *id;
    struct front_run *run;
    struct kept_answer *kept;
};

/* Copies the ID in the path of the request. */
void route_run_id(const struct connection *connection, char ret[CONNECTION_PATH_ROOM]);

/* Looks for the principal's run @id. Returns false if there is none; then the request is answered. */
bool route_run_find(struct connection *connection, const char *id, struct route_found *ret);

/* Answers with the state of a run that has not ended: 202. */
void route_run_answer_state(struct connection *connection, const struct front_run *run);

/* Answers with the result, if it is kept, or says whether the run waits or runs. */
void route_run_get(struct connection *connection);

/* Cancels the run, and, if the query says so, drops its result. */
void route_run_delete(struct connection *connection);

#endif
