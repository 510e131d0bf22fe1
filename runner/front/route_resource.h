/* SPDX-License-Identifier: MIT */
/* GET /v1/runs/ID/artifacts/PATH and /v1/runs/ID/output: a part of a kept result as a resource of its own,
 * which a page can show in a frame or an <img>.
 *
 * A program that nobody has checked has written it. So its type comes from a table, and its policy gives it
 * an origin that nothing else has, and no network; scripts run only if the URL says so. */
#ifndef EXRUN_RUNNER_FRONT_ROUTE_RESOURCE_H
#define EXRUN_RUNNER_FRONT_ROUTE_RESOURCE_H

#include <stdbool.h>

#include "runner/front/connection.h"

/* Returns true if the key of @query opens the resource that the connection's path names. */
bool route_resource_has_key(const struct connection *connection, const struct query *query);

/* Answers with the part to whoever has its key, or, without a key, to the run's principal. */
void route_resource_get(struct connection *connection);

#endif
