/* SPDX-License-Identifier: MIT */
/* The status of the service: the content of GET /v1/status, as a value.
 *
 * The front fills it (front_status.h) and writes it as JSON; `exrun status` reads the JSON. Both directions
 * use the same table, so they can't differ. The reader is strict: it refuses an answer with a member too many
 * or too few. Counts begin with the start of the front, unless a member says otherwise. */
#ifndef EXRUN_RUNNER_FRONT_STATUS_H
#define EXRUN_RUNNER_FRONT_STATUS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runner/answer/result.h"
#include "runner/text/error.h"

enum {
    STATUS_VERSION_ROOM = 32,
    STATUS_NAME_ROOM = 256,
    STATUS_FAULT_ROOM = 520,
    STATUS_WARM_ROOM = 16,
    STATUS_MAINTENANCE_ROOM = 512
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

/* The inner structs have nothing but uint64_t, in the order of the table. @profiles is owned.
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
};

/* Returns the word of a state: "absent". */
const char *status_word(enum status_state state);

/* Returns the object, or NULL if memory is short. The caller frees it. */
json_t *status_json(const struct status *status);

/* Reads the text of the object. Returns 0, or -errno with the reason in @err. The caller must call
 * status_deinit() even on failure. */
int status_read(const char *text, size_t size, struct status *ret, struct error *err);

void status_deinit(struct status *status);

#endif
