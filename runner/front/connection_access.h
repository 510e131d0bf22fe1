/* SPDX-License-Identifier: MIT */
/* The principal of a request, and whether the request may be made at all. */
#ifndef EXRUN_RUNNER_FRONT_CONNECTION_ACCESS_H
#define EXRUN_RUNNER_FRONT_CONNECTION_ACCESS_H

#include <stdbool.h>

#include "runner/front/access.h"
#include "runner/front/connection.h"

/* Checks a head that was read, and notes whose request it is. ACCESS_GRANTED, or the reason for
 * connection_turn_down(). */
enum access_verdict connection_check(struct connection *connection, const struct http_request *request);

/* Lets a request without a token pass if the key in its query opens the one resource that it asks for. It has
 * no principal then. Called after connection_head_take(). */
enum access_verdict connection_check_key(struct connection *connection, enum access_verdict verdict);

/* Answers a request that may not be made. A wrong token's answer comes late, so that nobody can try many of
 * them on one connection. */
void connection_turn_down(struct connection *connection, enum access_verdict verdict);

/* Returns true if the listener serves the files of the page. */
bool connection_has_page(const struct connection *connection);

/* Returns the origins whose pages may use the listener, or NULL. */
char *const *connection_origins(const struct connection *connection);

/* Returns true if the client may run programs of @profile, by the tokens that are in force now. */
bool connection_may_run(const struct connection *connection, const char *profile);

#endif
