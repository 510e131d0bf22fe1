/* SPDX-License-Identifier: MIT */
/* Accepts a run: from a request that was read to a place in the queue.
 *
 * Within a principal, the same ID with the same bytes is the same run. If it waits or runs, its request only
 * adds a waiter; if it has ended, and its answer is kept, it gets that answer. So a client that lost its
 * connection can send a request again, and no program runs twice for it. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_ACCEPT_H
#define EXRUN_RUNNER_FRONT_FRONT_ACCEPT_H

#include "runner/text/error.h"

struct connection;
struct front;
struct front_run;

/* Lets @waiter wait for a run that was read, or answers it. Returns 0, or -errno with the reason in @err. */
int front_accept(struct front *front, struct front_run *given /* takes */, struct connection *waiter,
                 struct error *err);

#endif
