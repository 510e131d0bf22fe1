/* SPDX-License-Identifier: MIT */
/* Streams of a run's events: GET /v1/runs/ID/events, and POST /v1/runs for clients that accept them. */
#ifndef EXRUN_RUNNER_FRONT_ROUTE_EVENTS_H
#define EXRUN_RUNNER_FRONT_ROUTE_EVENTS_H

#include <stdbool.h>

struct connection;
struct front_run;
struct kept_answer;
struct run_events;

#define ROUTE_EVENTS "/events" /* after the ID of a run */

/* Returns true if the events have as many readers as they may have; then the request is answered. @events:
 * NULL: nobody reads them. */
bool route_events_is_full(struct connection *connection, const struct run_events *events);

/* Answers with the events of a run that has not ended, or of one that has. */
void route_events_begin(struct connection *connection, struct front_run *run);
void route_events_begin_kept(struct connection *connection, struct kept_answer *kept);

/* Answers with the events from the start, or after the one in Last-Event-ID. */
void route_events_get(struct connection *connection);

#endif
