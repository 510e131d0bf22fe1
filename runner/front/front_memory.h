/* SPDX-License-Identifier: MIT */
/* The front's memory for outputs and answers, which the configuration bounds ("service.results_bytes"). A run
 * gets its part when it starts, so the front needs no more than that, whatever its clients send. The
 * rest is for the answers that are kept (front_kept.h). */
#ifndef EXRUN_RUNNER_FRONT_FRONT_MEMORY_H
#define EXRUN_RUNNER_FRONT_FRONT_MEMORY_H

#include <stddef.h>
#include <stdint.h>

#include "runner/front/queue.h"

struct front;

/* Takes @bytes of it. Kept answers give way if it is short, so no run waits for them. */
void front_memory_reserve(struct front *front, uint64_t bytes);

/* Gives back what was taken. */
void front_memory_release(struct front *front, uint64_t bytes);

/* Leaves in @order, @n waiting runs in the fair order, those for whose output and answer there is memory, and
 * returns their number. */
size_t front_memory_choose(const struct front *front, struct queue_run **order, size_t n);

#endif
