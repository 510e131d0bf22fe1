/* SPDX-License-Identifier: MIT */
/* The table of the service's resources. */
#ifndef EXRUN_RUNNER_FRONT_ROUTES_H
#define EXRUN_RUNNER_FRONT_ROUTES_H

#include <stdbool.h>

struct connection;
struct parsing;

/* Checks the head of a request before its body is read. Returns true if the request can be handled; otherwise
 * it is answered. */
bool route_check(struct connection *connection);

/* Handles a request whose body is complete. */
void route_handle(struct connection *connection);

/* The client of a request that is being parsed has left. */
void route_forget(struct parsing *parsing);

#endif
