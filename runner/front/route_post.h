/* SPDX-License-Identifier: MIT */
/* POST /v1/runs: reads a request, in the worker if it is large, and accepts its run. */
#ifndef EXRUN_RUNNER_FRONT_ROUTE_POST_H
#define EXRUN_RUNNER_FRONT_ROUTE_POST_H

#include <stdbool.h>

struct connection;
struct parsing;

/* Checks the headers that only this call has, before the body is read. Returns true if they are fine;
 * otherwise the request is answered. */
bool route_post_check(struct connection *connection);

/* Handles the request of @connection, whose body is complete. */
void route_post(struct connection *connection);

/* The client of a request that is being parsed has left. */
void route_forget(struct parsing *parsing);

#endif
