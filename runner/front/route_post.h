/* SPDX-License-Identifier: MIT */
/* POST /v1/runs: reads a request, in the worker if it is large, and accepts its run. */
#ifndef EXRUN_RUNNER_FRONT_ROUTE_POST_H
#define EXRUN_RUNNER_FRONT_ROUTE_POST_H

struct connection;
struct parsing;

/* Handles the request of @connection, whose body is complete. */
void route_post(struct connection *connection);

/* The client of a request that is being parsed has left. */
void route_forget(struct parsing *parsing);

#endif
