/* SPDX-License-Identifier: MIT */
/* The status of the service: the content of GET /v1/status, as a value.
 *
 * The front fills it (front_status.h) and writes it as JSON (status_write.h); `exrun status` reads the JSON
 * (status_read.h). Counts begin with the start of the front, unless a member says otherwise. */
#ifndef EXRUN_RUNNER_FRONT_STATUS_H
#define EXRUN_RUNNER_FRONT_STATUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runner/answer/result.h"

enum {
    STATUS_VERSION_ROOM = 32,
    STATUS_NAME_ROOM = 256,
    STATUS_FAULT_ROOM = 520,
    STATUS_WARM_ROOM = 16,
    STATUS_MAINTENANCE_ROOM = 512,
    STATUS_EXAMPLE_ROOM = 201,
    STATUS_MOST_EXAMPLES = 100
};

/* State of a keeper. It has a cell from STATUS_MAKING on. */
enum status_state {
    STATUS_ABSENT,
    STATUS_EMPTY,
    STATUS_MAKING,
    STATUS_READY,
    STATUS_RUNNING,
    STATUS_RECLAIMING,
    N_STATUS_STATES,
};

enum { N_STATUS_CELLS = N_STATUS_STATES - STATUS_MAKING };

/* One profile. @fault: why its last cell could not be made; "": it could. @warm: whether it has parked cells
 * (front_warm.h). @warm_reason: why not; "": it has, or never asked for them. @is_disabled: by an
 * operator. @cells: by state, from
 * STATUS_MAKING on. */
struct status_profile {
    char name[STATUS_NAME_ROOM];
    char fault[STATUS_FAULT_ROOM];
    char warm[STATUS_WARM_ROOM], warm_reason[STATUS_FAULT_ROOM];
    bool is_disabled;
    struct {
        uint64_t cells[N_STATUS_CELLS];
        uint64_t parked;              /* of the ready ones, those in which an interpreter waits */
        uint64_t floor, ceiling;      /* bounds of the cells that wait for runs */
        uint64_t arrivals_per_minute; /* of runs, an average */
        uint64_t failures;            /* to make a cell, in a row */
        uint64_t cell_bytes;          /* memory of its last ready cell */
        uint64_t make_us;             /* time to make a cell, an average; 0: none was made */
    } numbers;
};

/* An example (the label of this name). @over: how many of @runs may be those of others (top_list.h). */
struct status_example {
    char name[STATUS_EXAMPLE_ROOM];
    struct {
        uint64_t runs, over;
    } numbers;
};

/* The inner structs have nothing but uint64_t, in the order of the table. @profiles and @examples are owned.
 * @examples: those with most runs, at most STATUS_MOST_EXAMPLES, the first one first.
 * @maintenance: what clients are told; "": there is no maintenance. */
struct status {
    char version[STATUS_VERSION_ROOM];
    bool is_draining;
    char maintenance[STATUS_MAINTENANCE_ROOM];
    struct {
        uint64_t uptime_ms; /* of the whole service */
        uint64_t connections;
        uint64_t unreclaimed; /* cells that left something behind */
        uint64_t log_dropped; /* lines that could not be written */
    } service;
    struct {
        uint64_t now, most; /* runs that have a keeper */
        uint64_t memory_bytes,
            most_memory_bytes; /* sum of their larger memory limits: to compile, or to run */
    } running;
    struct {
        uint64_t now;                             /* cells that wait for a run */
        uint64_t memory_bytes, most_memory_bytes; /* charged to them, and what they may use together */
    } ready;
    struct {
        uint64_t length, most;
        uint64_t bytes, most_bytes;
        uint64_t oldest_ms; /* wait of the run that has waited longest; 0: none waits */
    } queue;
    struct {
        uint64_t per_minute;     /* in the last minute */
        uint64_t count;          /* in the last five minutes, as for the other two */
        uint64_t p50_us, p99_us; /* from the request to the answer */
    } requests;
    struct {
        uint64_t count;          /* in the last five minutes, as for the other two */
        uint64_t p50_us, p99_us; /* to reclaim a cell */
    } reclaims;
    struct {
        uint64_t parked, ready, cold; /* ended runs whose interpreter was started ahead, whose cell was made
                                         ahead, and others */
    } starts;
    struct {
        uint64_t front, keepers; /* since the start of the service */
    } restarts;
    uint64_t keepers[N_STATUS_STATES];
    uint64_t verdicts[N_VERDICTS];
    struct status_profile *profiles;
    size_t n_profiles;
    struct status_example *examples;
    size_t n_examples;
};

/* The word of each state: "absent". */
extern const char *const status_words[N_STATUS_STATES];

void status_deinit(struct status *status);

#endif
