/* SPDX-License-Identifier: MIT */
/* Which keepers there are for runs and questions. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_PLACES_H
#define EXRUN_RUNNER_FRONT_FRONT_PLACES_H

#include <stdbool.h>
#include <stdint.h>

struct front;
struct front_keeper;

/* Returns true if runs can start: the configuration allows some, and there is a keeper. */
bool front_places_can_run(const struct front *front);

/* Returns the keeper that has been empty for longest, whatever the others do, or NULL. Others may have kept
 * something for their next cell (pool.h). */
struct front_keeper *front_places_empty(struct front *front);

/* Returns the same keeper. Returns NULL if all are busy, or if one of them makes a cell or is asked. */
struct front_keeper *front_places_idle(struct front *front);

/* Returns the seconds until a keeper comes back, rounded up; 0: there is one, or it is not known. */
uint64_t front_places_back_s(const struct front *front);

#endif
