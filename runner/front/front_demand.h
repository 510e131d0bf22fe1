/* SPDX-License-Identifier: MIT */
/* The demand for the cells of a key: how many runs ask for them, and how well they can be made. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_DEMAND_H
#define EXRUN_RUNNER_FRONT_FRONT_DEMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sandbox/base/fault.h"
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

/* Lets the rate fall since it was computed. */
void front_demand_decay(struct front_demand *demand, uint64_t now_ns);

/* Counts the arrival of a run. */
void front_demand_note_arrival(struct front *front, const struct front_run *run);

/* Returns the arrivals of the profile's runs in a minute, an average that is rounded. */
uint64_t front_demand_per_minute(const struct front *front, unsigned int profile);

/* Notes that @keeper has made a cell. */
void front_demand_note_make(const struct front_keeper *keeper, const struct wire_ready *ready);

/* Notes that the cell of @keeper could not be made, or did not wait, so that no further one of its key is
 * made during a pause, which grows. If the profile counts as broken now, its waiting runs end as errors.
 * After several failures in a row, no interpreter of it waits any more. */
void front_demand_note_failure(const struct front_keeper *keeper, const struct fault *fault);

/* Notes that a run had such a cell, so they work. */
void front_demand_note_success(struct front *front, unsigned int key);

/* Returns true if the profile's ready cells can't be made at the moment, and none is ready: at least twice in
 * a row it failed, and the pause is not over, or the next cell is being made. Once can be a moment's
 * shortage. */
bool front_demand_is_broken(const struct front *front, unsigned int profile);

/* Forgets what is known of a key, and of all. */
void front_demand_forget(struct front *front, unsigned int key);
void front_demand_forget_all(struct front *front);

/* Numbers the profiles again, and keeps what is known of their arrivals. The variants are forgotten. @map:
 * from each of @n old indexes to a new one, or FRONT_NO_PROFILE. */
void front_demand_renumber(struct front *front, const unsigned int *map, size_t n);

#endif
