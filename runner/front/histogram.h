/* SPDX-License-Identifier: MIT */
/* Counts times in buckets of fixed bounds, for metrics. Unlike latency.h, it counts since the start. */
#ifndef EXRUN_RUNNER_FRONT_HISTOGRAM_H
#define EXRUN_RUNNER_FRONT_HISTOGRAM_H

#include <stddef.h>
#include <stdint.h>

enum { HISTOGRAM_N_BOUNDS = 16 };

/* @us: the longest time that a bucket counts. @text: the same in seconds. */
struct histogram_bound {
    uint64_t us;
    const char *text;
};

extern const struct histogram_bound histogram_bounds[HISTOGRAM_N_BOUNDS];

/* Starts as {0}. @counts: of each bucket alone; the last one has the times above all bounds. @sum_us: of all
 * times; stops at UINT64_MAX. */
struct histogram {
    uint64_t counts[HISTOGRAM_N_BOUNDS + 1];
    uint64_t sum_us;
};

void histogram_note(struct histogram *histogram, uint64_t us);

/* Returns how many times are at most as long as the bound with this index; HISTOGRAM_N_BOUNDS: all of them.
 */
uint64_t histogram_count(const struct histogram *histogram, size_t bound);

#endif
