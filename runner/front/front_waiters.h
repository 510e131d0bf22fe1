/* SPDX-License-Identifier: MIT */
/* The connections that wait for the answer of a run: the one that sent it, and those that sent the same
 * request again meanwhile. All get the same answer. The number of connections bounds them. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_WAITERS_H
#define EXRUN_RUNNER_FRONT_FRONT_WAITERS_H

#include <stdbool.h>

#include "runner/front/content.h"
#include "runner/text/error.h"

struct connection;
struct front_run;

/* Lets @connection wait for the run. */
void front_waiters_add(struct front_run *run, struct connection *connection);

/* The client of @connection has left. Returns the run that it waited for if nobody waits for that any more,
 * and it is not asynchronous; otherwise NULL. */
struct front_run *front_waiters_leave(struct connection *connection);

/* Returns true if anybody waits for the run. */
bool front_waiters_any(const struct front_run *run);

/* Give all waiters their answer, after which none waits: the result, a problem, a problem with the time after
 * which they can try again, or the end of their connections. A problem goes to the readers of the run's
 * events as well, unless the run is asynchronous or has waited for too long (503): then its result is all
 * that they get. */
void front_waiters_answer(struct front_run *run, struct content *content);
void front_waiters_refuse_error(struct front_run *run, const struct error *err);
void front_waiters_refuse_for_now(struct front_run *run, unsigned int status, const char *detail);
void front_waiters_close(struct front_run *run);

#endif
