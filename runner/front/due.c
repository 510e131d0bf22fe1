/* SPDX-License-Identifier: MIT */
/* Timers that go off at a time of CLOCK_MONOTONIC. */
#include "runner/front/due.h"

#include "sandbox/base/timing.h"

void due_set(struct event *timer, uint64_t at_ns)
{
    uint64_t now_ns = timing_now_ns(), us = at_ns > now_ns ? (at_ns - now_ns) / 1000 + 1 : 1;
    const struct timeval in = {.tv_sec = (time_t)(us / 1000000), .tv_usec = (suseconds_t)(us % 1000000)};

    if (at_ns == UINT64_MAX)
        event_del(timer);
    else
        event_add(timer, &in);
}
