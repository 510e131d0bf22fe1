/* SPDX-License-Identifier: MIT */
/* The table of the service's resources. */
#ifndef EXRUN_RUNNER_FRONT_ROUTES_H
#define EXRUN_RUNNER_FRONT_ROUTES_H

#include <stdbool.h>

struct connection;

/* Looks for the resource and its method. Returns true if it has the method; otherwise the request is
 * answered, with 404 or 405, or with 204 if it asks for the methods. */
bool route_find(struct connection *connection);

/* Checks the head of a request before its body is read. Returns true if the request can be handled; otherwise
 * it is answered. */
bool route_check(struct connection *connection);

/* Handles a request whose body is complete. */
void route_handle(struct connection *connection);

#endif
