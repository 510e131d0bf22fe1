/* SPDX-License-Identifier: MIT */
/* Replaces the configuration and the profiles while the service runs.
 *
 * A run that has a keeper ends as it was planned, and keeps the old profiles until its answer is written. A
 * run that waits is planned again; if the new profiles do not allow it, it is answered as a new request would
 * be. Then the pool replaces each keeper as soon as it is idle (pool.h), because a keeper has the profiles
 * with which it was started. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_RELOAD_H
#define EXRUN_RUNNER_FRONT_FRONT_RELOAD_H

struct front;
struct front_load;

/* Puts @load into force, whose reference is taken. */
void front_reload(struct front *front, struct front_load *load);

#endif
