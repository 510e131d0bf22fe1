/* SPDX-License-Identifier: MIT */
/* POST /v1/runs/ID/stdin: input for a run whose stdin is open. */
#ifndef EXRUN_RUNNER_FRONT_ROUTE_INPUT_H
#define EXRUN_RUNNER_FRONT_ROUTE_INPUT_H

#include "runner/front/connection.h"

#define ROUTE_INPUT "/stdin"

/* Appends the body to the run's stdin, and closes it if the query says so. */
void route_input_post(struct connection *connection);

#endif
