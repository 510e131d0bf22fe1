/* SPDX-License-Identifier: MIT */
/* The counters of the service for GET /metrics (metrics_write.h), since the start of the front.
 *
 * Pure, and a few additions for a run. All labels have a bounded number of values. */
#ifndef EXRUN_RUNNER_FRONT_METRICS_H
#define EXRUN_RUNNER_FRONT_METRICS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runner/answer/result.h"
#include "runner/front/histogram.h"
#include "runner/front/label_set.h"

/* METRICS_MOST_EXAMPLES: the most that the configuration allows (labels.examples). */
enum { METRICS_MOST_PROFILES = 256, METRICS_MOST_SYSCALLS = 64, METRICS_MOST_EXAMPLES = 10000 };

/* The cell in which a run started. METRICS_NO_CELL: it ended before. */
enum metrics_cell { METRICS_NO_CELL, METRICS_COLD, METRICS_READY, METRICS_PARKED, N_METRICS_CELLS };

enum metrics_cache { METRICS_CACHE_UNUSED, METRICS_CACHE_HIT, METRICS_CACHE_MISS, N_METRICS_CACHES };

/* Why a request was refused. */
enum metrics_reason {
    METRICS_MALFORMED,    /* 400 */
    METRICS_UNAUTHORIZED, /* 401 */
    METRICS_FORBIDDEN,    /* 403 */
    METRICS_NOT_FOUND,    /* 404 */
    METRICS_METHOD,       /* 405 */
    METRICS_SLOW,         /* 408 */
    METRICS_CONFLICT,     /* 409 */
    METRICS_TOO_LARGE,    /* 413 */
    METRICS_TYPE,         /* 415 */
    METRICS_HOST,         /* 421 */
    METRICS_INVALID,      /* 422 */
    METRICS_QUEUE_FULL,   /* 429 */
    METRICS_ERROR,        /* 500 */
    METRICS_UNSUPPORTED,  /* all other statuses */
    METRICS_UNAVAILABLE,  /* 503 without one of the reasons below */
    METRICS_OVERLOADED,  /* 503, and the client can try again: the run waited too long, or too much arrives */
    METRICS_CONNECTIONS, /* 503: too many connections */
    METRICS_MAINTENANCE, /* 503 */
    METRICS_DISABLED,    /* 503: the run's profile */
    N_METRICS_REASONS,
};

/* @is_used: it has a name, or stands for the others. */
struct metrics_profile {
    bool is_used;
    uint64_t verdicts[N_VERDICTS];
    uint64_t misses; /* runs that did not find a ready cell */
    struct histogram run, make, reclaim, request[N_METRICS_CELLS];
};

/* Streams of events. @n_open: of those that are open now. @bytes: of their events, that were written to the
 * sockets of their readers. @dropped: readers that took nothing for too long. */
struct metrics_streams {
    uint64_t n_open, bytes, dropped;
};

/* Starts as {0}. The arrays are in the order of the label sets. Most of it is never touched, so it needs
 * little memory if it is static. */
struct metrics {
    struct label_set profile_names, syscall_names, example_names;
    struct metrics_profile profiles[METRICS_MOST_PROFILES + 1];
    uint64_t syscalls[METRICS_MOST_SYSCALLS + 1];
    uint64_t examples[METRICS_MOST_EXAMPLES + 1][N_VERDICTS];
    uint64_t rejected[N_METRICS_REASONS];
    uint64_t caches[N_METRICS_CACHES];
    struct histogram queue;
    uint64_t reclaimed; /* cells, completely */
    struct metrics_streams streams;
};

/* A run that has ended. Everything is borrowed. @example: NULL: it has no such label. @most_examples: that
 * have an own value. @denied: syscalls that ended a stage; "": none did. @wall_us: of its program; 0: it did
 * not run. @request_us: until its answer, if @is_answered. */
struct metrics_run {
    const char *profile, *example, *denied[2];
    size_t most_examples;
    enum verdict verdict;
    enum metrics_cell cell;
    enum metrics_cache cache;
    uint64_t wall_us, queue_us, request_us;
    bool is_answered;
};

void metrics_note_run(struct metrics *metrics, const struct metrics_run *run);

/* Returns the counters of a profile, or those of all that are too many. */
struct metrics_profile *metrics_of(struct metrics *metrics, const char *profile);

/* Returns the reason for a status. @may_retry: the answer says when. */
enum metrics_reason metrics_reason_of(unsigned int status, bool may_retry);

void metrics_deinit(struct metrics *metrics);

#endif
