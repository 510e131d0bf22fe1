/* SPDX-License-Identifier: MIT */
/* Asks the pool (pool.h) what the keepers do next, and does it. It follows the arrivals for each key, and the
 * times that its cells take. A profile has two keys: one for cells that are ready for any of its runs, and
 * one for parked cells. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_POOL_H
#define EXRUN_RUNNER_FRONT_FRONT_POOL_H

#include <event2/event.h>
#include <stdbool.h>
#include <stdint.h>

#include "runner/front/front_demand.h"
#include "runner/front/pool.h"

struct front;

struct front_pool {
    struct front_demand demand[POOL_KEYS_ROOM];
    uint64_t last_conversion_ns, held_since_ns;
    struct event *deciding, *waking;
};

/* Returns 0 or -ENOMEM. */
int front_pool_init(struct front *front);
void front_pool_deinit(struct front *front);

/* Returns the bytes of memory that all waiting cells may use together. */
uint64_t front_pool_budget(const struct front *front);

/* Asks the pool soon, once for all events that happen now, but after the answers that they brought are
 * written, so that no client waits for a cell to be made. */
void front_pool_decide(struct front *front);

/* The same for a run that has arrived, before anything is written. */
void front_pool_decide_now(struct front *front);

#endif
