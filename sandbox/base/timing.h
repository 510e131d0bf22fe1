/* SPDX-License-Identifier: MIT */
/* The time that each part of a run takes: a stopwatch that is read at each border between two parts.
 *
 * The parts follow each other without a gap, so their sum is the whole. The cell's PID 1 works at the same
 * time. Its work is included only as far as exrun waited for it. */
#ifndef EXRUN_SANDBOX_BASE_TIMING_H
#define EXRUN_SANDBOX_BASE_TIMING_H

#include <stdint.h>

enum timing_part {
    TIMING_READ,    /* request and profile */
    TIMING_HOST,    /* the machine's facilities, and the plan */
    TIMING_POLICY,  /* the filter's program */
    TIMING_CACHE,   /* looking up and keeping a compiled program */
    TIMING_LEASE,   /* a slot, and the workspace's file system */
    TIMING_CLONE,   /* pipes, and PID 1 in its namespaces */
    TIMING_CGROUP,  /* the groups and their limits, while PID 1 creates its root */
    TIMING_START,   /* waiting for the program's exec */
    TIMING_RUN,     /* the program */
    TIMING_KILL,    /* waiting until the last process has ended */
    TIMING_FIGURES, /* the kernel's counters, and the last output */
    TIMING_FETCH,   /* files that are brought back */
    TIMING_RECLAIM, /* removal, and the check that nothing is left */
    N_TIMING_PARTS,
};

/* Returns CLOCK_MONOTONIC in nanoseconds. */
uint64_t timing_now_ns(void);

/* Returns CLOCK_REALTIME in microseconds since 1970. An operator can set it back. */
uint64_t timing_wall_us(void);

/* Returns the CPU time that the calling thread has used, in nanoseconds. */
uint64_t timing_cpu_ns(void);

struct timing {
    uint64_t last_ns;
    uint64_t spent_ns[N_TIMING_PARTS];
};

/* Starts the stopwatch. */
void timing_start(struct timing *timing);

/* Adds the time since the last mark to @part, so a part that occurs twice (in a compile stage and a run) has
 * the sum. */
void timing_mark(struct timing *timing, enum timing_part part);

/* Continues with the times of @other, which was started when @timing was last marked. */
void timing_add(struct timing *timing, const struct timing *other);

/* Returns the microseconds spent from @first to @last, both included. */
uint64_t timing_us(const struct timing *timing, enum timing_part first, enum timing_part last);

/* Returns the name of @part in results. */
const char *timing_word(enum timing_part part);

#endif
