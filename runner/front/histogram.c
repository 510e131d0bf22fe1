/* SPDX-License-Identifier: MIT */
/* Counts times in buckets of fixed bounds. */
#include "runner/front/histogram.h"

/* From half of the shortest answer of the service to its longest usual run. */
const struct histogram_bound histogram_bounds[HISTOGRAM_N_BOUNDS] = {
    {500, "0.0005"}, {1000, "0.001"},  {2500, "0.0025"}, {5000, "0.005"},  {10000, "0.01"}, {25000, "0.025"},
    {50000, "0.05"}, {100000, "0.1"},  {250000, "0.25"}, {500000, "0.5"},  {1000000, "1"},  {2500000, "2.5"},
    {5000000, "5"},  {10000000, "10"}, {30000000, "30"}, {60000000, "60"},
};

void histogram_note(struct histogram *histogram, uint64_t us)
{
    size_t i = 0;

    while (i < HISTOGRAM_N_BOUNDS && us > histogram_bounds[i].us)
        i++;
    histogram->counts[i]++;
    if (__builtin_add_overflow(histogram->sum_us, us, &histogram->sum_us))
        histogram->sum_us = UINT64_MAX;
}

uint64_t histogram_count(const struct histogram *histogram, size_t bound)
{
    uint64_t n = 0;

    for (size_t i = 0; i <= bound; i++)
        n += histogram->counts[i];
    return n;
}
