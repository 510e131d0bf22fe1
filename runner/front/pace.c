/* SPDX-License-Identifier: MIT */
/* A moving average, and an estimate. */
#include "runner/front/pace.h"

#include <math.h>

/* A run's share of the average: its half-life is 11 runs. */
#define SHARE (1 / 16.0)

void pace_note(struct pace *pace, double seconds)
{
    pace->run_s = pace->run_s > 0 ? pace->run_s + SHARE * (seconds - pace->run_s) : seconds;
}

unsigned int pace_retry_after_s(const struct pace *pace, size_t waiting, size_t running)
{
    double seconds;

    if (pace->run_s <= 0)
        return 1;
    if (running == 0)
        return PACE_LONGEST_WAIT_S;
    seconds = ceil(((double)waiting + 1) * pace->run_s / (double)running);
    if (seconds < 1)
        return 1;
    return seconds < PACE_LONGEST_WAIT_S ? (unsigned int)seconds : PACE_LONGEST_WAIT_S;
}
