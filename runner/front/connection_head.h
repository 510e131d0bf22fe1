/* SPDX-License-Identifier: MIT */
/* The parts of a request's head that a connection keeps. */
#ifndef EXRUN_RUNNER_FRONT_CONNECTION_HEAD_H
#define EXRUN_RUNNER_FRONT_CONNECTION_HEAD_H

#include <stdbool.h>

#include "runner/front/connection.h"

/* Copies what is needed after the head has left the buffer. Returns false if the path is longer than any of
 * ours. */
bool connection_head_take(struct connection *connection, const struct http_request *request);

#endif
