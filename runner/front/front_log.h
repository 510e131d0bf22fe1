/* SPDX-License-Identifier: MIT */
/* The log of the front: runs, refusals, and the events of the warden. Until the warden sends a file, all of
 * this does nothing. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_LOG_H
#define EXRUN_RUNNER_FRONT_FRONT_LOG_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "runner/answer/result.h"
#include "runner/front/log_writer.h"
#include "sandbox/keeper/wire.h"

struct front;
struct front_run;
struct connection;
struct front_keeper;

/* @key: under which clients are logged. @has_file: one has come. @n_refusals: lines since the last
 * front_log_look(). @n_unlogged: refusals since then that have no line. @n_told: dropped lines, as far as the
 * log says so. */
struct front_log {
    struct log_writer writer;
    char key[WIRE_LOG_KEY_BYTES];
    bool has_file;
    uint64_t n_refusals, n_unlogged, n_told;
};

/* The line of a run whose cell is being reclaimed. @members: log_line_run_members(); owned; NULL: there is
 * none. @at_ms: of the run's end. */
struct front_log_pending {
    json_t *members;
    uint64_t at_ms;
};

/* Takes the file. */
void front_log_set(struct front *front, const struct wire_log *told, int fd /* takes */);

/* Logs an event of the warden. Returns 0 or -EBADMSG. */
int front_log_event(struct front *front, const struct wire_event *event);

/* Logs a run that has ended. If it had a cell, the line waits for its reclaim, for two seconds at most. */
void front_log_run(struct front *front, const struct front_run *run, const struct run_result *result);

/* Logs the keeper's run that waits for this. @reclaim_us: NULL: nobody saw it. */
void front_log_reclaimed(struct front_keeper *keeper, const uint32_t *reclaim_us);

/* Logs a cell that could not be reclaimed. @left: enum reclaim_left. */
void front_log_unreclaimed(struct front *front, unsigned int slot, unsigned int left);

/* Logs whether the profile has parked cells now, and why not (front_warm.h). */
void front_log_warm(struct front *front, unsigned int profile);

/* Logs the refusal of a connection's request, at a bounded rate. @reason: a text that no client chose. @run:
 * ID; NULL: it is not known. */
void front_log_refusal(const struct connection *connection, unsigned int status, const char *reason,
                       const char *run);

/* The same for a client whose connection could not be served. */
void front_log_no_place(struct front *front, const char *listener);

/* Logs the runs whose cells are not reclaimed soon, and how many refusals and lines are missing. Called each
 * second. */
void front_log_look(struct front *front);

/* Returns the lines that were dropped since the start of the front: exrun_log_dropped_total. */
uint64_t front_log_dropped(const struct front *front);

#endif
