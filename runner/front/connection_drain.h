/* SPDX-License-Identifier: MIT */
/* The connections of a service that is ending.
 *
 * If a service manager keeps the listener, the next service gets the clients that come now, and those that
 * this one has accepted shall notice nothing. So each of them can send one more request, whose answer says
 * that the connection ends ("Connection: close"). The drain waits for requests that have begun to come, and
 * for a second for clients that have just got an answer, because the next request can be on its way
 * (RFC 9112, section 9.3.1: a client can't tell whether a request was read before the connection ended). */
#ifndef EXRUN_RUNNER_FRONT_CONNECTION_DRAIN_H
#define EXRUN_RUNNER_FRONT_CONNECTION_DRAIN_H

#include <stdbool.h>

#include "runner/front/connection.h"

/* Returns true if a run of this connection is accepted although the service is ending. */
bool connection_drain_takes(const struct connection *connection);

/* Returns true if the service can't end yet, because the client would lose a request or an answer. */
bool connection_drain_waits(const struct connection *connection);

#endif
