/* SPDX-License-Identifier: MIT */
/* GET /play, and the files of the page. */
#ifndef EXRUN_RUNNER_FRONT_ROUTE_PAGE_H
#define EXRUN_RUNNER_FRONT_ROUTE_PAGE_H

#include "runner/front/connection.h"

#define ROUTE_PAGE_PLAY "/play"

/* Answers with the file that the path names, or with 304 if the client has it already. */
void route_page_get(struct connection *connection);

#endif
