/* SPDX-License-Identifier: MIT */
/* How long the requests of the last five minutes took, and how many there were.
 *
 * Each time is counted in a bucket. A bucket is as wide as an eighth of its lower bound, so a quantile is at
 * most 12.5 % too high. The counts of ten seconds are one slot, and the slots are used in turn. The size is
 * fixed, nothing is allocated, and the time is a parameter. */
#ifndef EXRUN_RUNNER_FRONT_LATENCY_H
#define EXRUN_RUNNER_FRONT_LATENCY_H

#include <stdint.h>

enum { LATENCY_SLOT_S = 10, LATENCY_N_SLOTS = 30, LATENCY_N_BUCKETS = 256 };

/* @number: of the ten seconds that it counts, since the start of the clock; 1 is the first. 0: it is not
 * used. */
struct latency_slot {
    uint64_t number;
    uint32_t n, buckets[LATENCY_N_BUCKETS];
};

/* Starts as {0}. */
struct latency {
    struct latency_slot slots[LATENCY_N_SLOTS];
};

/* Notes that a request was answered at @now_ns, after @us microseconds. Times of more than 4 hours count as 4
 * hours. */
void latency_note(struct latency *latency, uint64_t now_ns, uint64_t us);

/* Returns the number of requests that were answered in the last five minutes. */
uint64_t latency_count(const struct latency *latency, uint64_t now_ns);

/* Returns how many requests were answered in a minute, measured over the last 50 to 60 seconds. */
uint64_t latency_per_minute(const struct latency *latency, uint64_t now_ns);

/* Returns a time in microseconds within which @permille of the requests of the last five minutes were
 * answered; 0 if there were no requests. */
uint64_t latency_quantile_us(const struct latency *latency, uint64_t now_ns, unsigned int permille);

#endif
