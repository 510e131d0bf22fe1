/* SPDX-License-Identifier: MIT */
/* Asks the pool (pool.h) what the keepers do next, and does it. It follows the arrivals for each key, and the
 * times that its cells take. A profile has two keys: one for cells that are ready for any of its runs, and
 * one for parked cells. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_POOL_H
#define EXRUN_RUNNER_FRONT_FRONT_POOL_H

#include <event2/event.h>
#include <stdbool.h>
#include <stdint.h>

#include "runner/front/pool.h"
#include "sandbox/keeper/wire.h"

struct front;
struct front_keeper;
struct front_run;

/* Of a key. @rate: arrivals in a second, an average over the last minute. @rate_ns: when it was
 * computed. @make_us: 0: no cell was made. @cell_bytes: memory of its last ready cell. @n_failures: failures
 * in a row to make one. @fault: of the last one. The rest is as in struct pool_key. */
struct front_demand {
    double rate;
    uint64_t rate_ns, make_us, cell_bytes, paused_until_ns, surplus_since_ns;
    unsigned int n_failures;
    struct fault fault;
};

struct front_pool {
    struct front_demand demand[POOL_KEYS_ROOM];
    uint64_t last_conversion_ns, held_since_ns;
    struct event *deciding, *waking;
};

/* Returns 0 or -ENOMEM. */
int front_pool_init(struct front *front);
void front_pool_deinit(struct front *front);

/* Returns the key of the profile's cells. @parks: of the parked ones. */
unsigned int front_pool_key(unsigned int profile, bool parks);

/* Returns the key of the cells that wait for the profile's usual runs: the parked ones, if there are any. */
unsigned int front_pool_usual_key(const struct front *front, unsigned int profile);

/* Counts the arrival of a run. */
void front_pool_note_arrival(struct front *front, const struct front_run *run);

/* Returns the arrivals of the profile's runs in a minute, an average that is rounded. */
uint64_t front_pool_per_minute(const struct front *front, unsigned int profile);

/* Notes that @keeper has made a cell. */
void front_pool_note_make(const struct front_keeper *keeper, const struct wire_ready *ready);

/* Returns the bytes of memory that all waiting cells may use together. */
uint64_t front_pool_budget(const struct front *front);

/* Notes that the cell of @keeper could not be made, or did not wait, so that no further one of its key is
 * made during a pause, which grows. If the profile counts as broken now, its waiting runs end as errors.
 * After several failures in a row, no interpreter of it waits any more. */
void front_pool_note_failure(const struct front_keeper *keeper, const struct fault *fault);

/* Notes that a run had such a cell, so they work. */
void front_pool_note_success(struct front *front, unsigned int key);

/* Returns true if the profile's ready cells can't be made at the moment, and none is ready: at least twice in
 * a row it failed, and the pause is not over, or the next cell is being made. Once can be a moment's
 * shortage. */
bool front_pool_is_broken(const struct front *front, unsigned int profile);

/* Numbers the profiles again, and keeps what is known of their arrivals. @map: from each of @n old indexes to
 * a new one, or FRONT_NO_PROFILE. */
void front_pool_renumber(struct front *front, const unsigned int *map, size_t n);

/* Asks the pool soon, once for all events that happen now, but after the answers that they brought are
 * written, so that no client waits for a cell to be made. */
void front_pool_decide(struct front *front);

/* The same for a run that has arrived, before anything is written. */
void front_pool_decide_now(struct front *front);

#endif
