/* SPDX-License-Identifier: MIT */
/* Where the time of a run goes: a stopwatch that is read at each border between two parts.
 *
 * The parts follow each other without a gap, so that they add up to the whole. What the cell's PID 1 does
 * meanwhile is not among them: only how long it was waited for. */
#ifndef EXRUN_SANDBOX_BASE_TIMING_H
#define EXRUN_SANDBOX_BASE_TIMING_H

#include <stdint.h>

enum timing_part {
    TIMING_READ,    /* request and profile */
    TIMING_HOST,    /* what this machine can, and the plan */
    TIMING_POLICY,  /* the filter's program */
    TIMING_CACHE,   /* asking for what was compiled before, and keeping it */
    TIMING_LEASE,   /* a slot, and the workspace's file system */
    TIMING_CLONE,   /* pipes, and PID 1 in its namespaces */
    TIMING_CGROUP,  /* the groups and their limits, while PID 1 makes its root */
    TIMING_START,   /* waiting for the program's exec */
    TIMING_RUN,     /* the program */
    TIMING_KILL,    /* until the last process is gone */
    TIMING_FIGURES, /* what the kernel counted, and the last output */
    TIMING_FETCH,   /* files that are brought back */
    TIMING_RECLAIM, /* removing and looking whether anything is left */
    N_TIMING_PARTS,
};

/* CLOCK_MONOTONIC in nanoseconds. */
uint64_t timing_now_ns(void);

/* Nanoseconds of CPU time that the calling thread has used. */
uint64_t timing_cpu_ns(void);

struct timing {
    uint64_t last_ns;
    uint64_t spent_ns[N_TIMING_PARTS];
};

/* Starts the stopwatch. */
void timing_start(struct timing *timing);

/* All since the last border was @part; a part that comes twice (a compile stage and a run) is added up. */
void timing_mark(struct timing *timing, enum timing_part part);

/* Goes on with what @other, started when @timing was last marked, has measured. */
void timing_add(struct timing *timing, const struct timing *other);

/* Microseconds of @first to @last, both counted. */
uint64_t timing_us(const struct timing *timing, enum timing_part first, enum timing_part last);

/* Its word in results. */
const char *timing_word(enum timing_part part);

#endif
