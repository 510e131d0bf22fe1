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

/* Counts a cell that was reclaimed, completely or not. */
void front_metrics_note_reclaim(struct front *front, unsigned int profile, uint64_t us);

/* Counts a refusal, apart from those that have a reason of their own: connection_refuse_for_now(),
 * connection_refuse_run(). */
void front_metrics_note_refusal(const struct connection *connection, unsigned int status);

/* Counts a stream of events that @connection begins, and from now on what of it is written. The head of the
 * answer, which is in the buffer already, does not count. Returns 0 or -ENOMEM. */
int front_metrics_begin_stream(struct connection *connection);

/* The connection ends; a stream that it had is no longer open. */
void front_metrics_end_stream(struct connection *connection);

/* The connection is closed because its client does not read. Counts it if it is the reader of a stream. */
void front_metrics_note_dropped(const struct connection *connection);

/* GET /metrics. */
void front_metrics_get(struct connection *connection);

#endif
