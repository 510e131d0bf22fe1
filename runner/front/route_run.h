/* SPDX-License-Identifier: MIT */
/* GET and DELETE /v1/runs/ID: looks at a run, and ends it. */
#ifndef EXRUN_RUNNER_FRONT_ROUTE_RUN_H
#define EXRUN_RUNNER_FRONT_ROUTE_RUN_H

#define ROUTE_RUNS "/v1/runs/" /* an ID follows */

struct connection;

/* Answers with the result, if it is kept, or says whether the run waits or runs. */
void route_run_get(struct connection *connection);

/* Cancels the run, and, if the query says so, drops its result. */
void route_run_delete(struct connection *connection);

#endif
