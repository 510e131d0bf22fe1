/* SPDX-License-Identifier: MIT */
/* GET /v1/profiles. */
#ifndef EXRUN_RUNNER_FRONT_ROUTE_PROFILES_H
#define EXRUN_RUNNER_FRONT_ROUTE_PROFILES_H

#include "runner/front/connection.h"

/* Answers with the languages, their limits and their versions. */
void route_profiles_get(struct connection *connection);

#endif
