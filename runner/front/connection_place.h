/* SPDX-License-Identifier: MIT */
/* How many connections there may be: at the same time, and from one address. */
#ifndef EXRUN_RUNNER_FRONT_CONNECTION_PLACE_H
#define EXRUN_RUNNER_FRONT_CONNECTION_PLACE_H

#include <stdbool.h>

#include "runner/front/connection.h"
#include "runner/front/listening.h"

/* Returns true if the listener may accept a further connection, from @peer. */
bool connection_place_is_free(const struct front_listener *listener, const struct connection_peer *peer);

/* Answers a client that gets no connection, and closes @fd. */
void connection_place_refuse(int fd /* takes */);

#endif
