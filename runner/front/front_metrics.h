/* SPDX-License-Identifier: MIT */
/* Counts for the metrics what happens in the front, and answers GET /metrics. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_METRICS_H
#define EXRUN_RUNNER_FRONT_FRONT_METRICS_H

#include <stdint.h>

struct connection;
struct front;
struct front_run;
struct run_result;

/* Counts a run that has ended, before it is answered. */
void front_metrics_note_run(struct front *front, const struct front_run *run,
                            const struct run_result *result);

/* Counts a cell that was made ahead. */
void front_metrics_note_make(struct front *front, unsigned int profile, uint64_t us);

/* Counts a refusal, apart from those that have a reason of their own: connection_refuse_for_now(),
 * connection_refuse_run(). */
void front_metrics_note_refusal(const struct connection *connection, unsigned int status);

/* GET /metrics. */
void front_metrics_get(struct connection *connection);

#endif
