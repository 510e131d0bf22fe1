/* SPDX-License-Identifier: MIT */
/* Writes the metrics in the text format of Prometheus, version 0.0.4. */
#ifndef EXRUN_RUNNER_FRONT_METRICS_WRITE_H
#define EXRUN_RUNNER_FRONT_METRICS_WRITE_H

#include <stdint.h>
#include <stdio.h>

#include "runner/front/front_process.h"
#include "runner/front/metrics.h"
#include "runner/front/status.h"

#define METRICS_CONTENT_TYPE "text/plain; version=0.0.4; charset=utf-8"

/* The metrics and the state at this moment. Everything is borrowed. @started_us: when the front started,
 * since 1970. */
struct metrics_view {
    const struct metrics *metrics;
    const struct status *status;
    struct front_process process;
    uint64_t n_clients, started_us, most_fds, sandbox_bytes;
};

/* Writes all families to @out. The caller must look at ferror(3). A histogram that has counted nothing is
 * left out, and so are an example's verdict that did not occur, and what of the process is not known. */
void metrics_write(const struct metrics_view *view, FILE *out);

#endif
