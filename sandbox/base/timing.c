/* SPDX-License-Identifier: MIT */
/* A stopwatch for the parts of a run. */
#include "sandbox/base/timing.h"

#include <time.h>

static const char *const words[N_TIMING_PARTS] = {
    [TIMING_READ] = "read",       [TIMING_HOST] = "host",       [TIMING_POLICY] = "policy",
    [TIMING_CACHE] = "cache",     [TIMING_LEASE] = "lease",     [TIMING_CLONE] = "clone",
    [TIMING_CGROUP] = "cgroup",   [TIMING_START] = "start",     [TIMING_RUN] = "run",
    [TIMING_KILL] = "kill",       [TIMING_FIGURES] = "figures", [TIMING_FETCH] = "fetch",
    [TIMING_RECLAIM] = "reclaim",
};

static uint64_t read_ns(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
}

uint64_t timing_now_ns(void)
{
    return read_ns(CLOCK_MONOTONIC);
}

uint64_t timing_wall_us(void)
{
    return read_ns(CLOCK_REALTIME) / 1000;
}

uint64_t timing_cpu_ns(void)
{
    return read_ns(CLOCK_THREAD_CPUTIME_ID);
}

void timing_start(struct timing *timing)
{
    *timing = (struct timing){.last_ns = timing_now_ns()};
}

void timing_mark(struct timing *timing, enum timing_part part)
{
    uint64_t now = timing_now_ns();

    timing->spent_ns[part] += now - timing->last_ns;
    timing->last_ns = now;
}

void timing_add(struct timing *timing, const struct timing *other)
{
    for (int part = 0; part < N_TIMING_PARTS; part++)
        timing->spent_ns[part] += other->spent_ns[part];
    timing->last_ns = other->last_ns;
}

uint64_t timing_us(const struct timing *timing, enum timing_part first, enum timing_part last)
{
    uint64_t sum = 0;

    for (unsigned int part = first; part <= (unsigned int)last; part++)
        sum += timing->spent_ns[part];
    return sum / 1000;
}

const char *timing_word(enum timing_part part)
{
    return words[part];
}
