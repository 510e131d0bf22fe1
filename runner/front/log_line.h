/* SPDX-License-Identifier: MIT */
/* The lines of the service's log: one JSON object each.
 *
 * Pure functions into the caller's buffer. A line is ASCII without control characters, whatever a client or a
 * program chose, so it can be printed on a terminal (CWE-150). It never has source, output, input, arguments,
 * environment or tokens. */
#ifndef EXRUN_RUNNER_FRONT_LOG_LINE_H
#define EXRUN_RUNNER_FRONT_LOG_LINE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "runner/answer/result.h"
#include "sandbox/keeper/wire.h"

enum { LOG_LINE_ROOM = 8192, LOG_CLIENT_ROOM = 17 };

/* A run that has ended. Everything is borrowed. @example, @client: NULL: it has none. @client: from
 * log_line_client(). @has_begun: a keeper got its order. @wall_us: from the request to the answer. */
struct log_run {
    const char *id, *principal, *profile, *example, *client;
    const struct run_result *result;
    bool has_begun;
    uint64_t request_bytes, wall_us;
};

/* A request that was refused. @reason: a text of exrun's own. @principal: "": it is not known. @id: of its
 * run; NULL: it has none. */
struct log_refusal {
    unsigned int status;
    const char *reason, *listener, *principal, *id;
};

/* Whether a profile has parked cells. @why: "": it has. */
struct log_warm {
    const char *profile, *state, *why;
};

/* Returns what the line of a run says before its cell is reclaimed, or NULL if memory is short. The caller
 * owns it. */
json_t *log_line_run_members(const struct log_run *run);

/* Each writes one line with its end; no NUL follows. @at_ms: since 1970, UTC. Returns its size, -ENOMEM, or
 * -ENOBUFS if it is too long. @run: of log_line_run_members(). @reclaim_us: NULL: it had no cell, or one that
 * nobody saw reclaimed. */
ssize_t log_line_run(uint64_t at_ms, json_t *run /* takes */, const uint32_t *reclaim_us,
                     char ret[LOG_LINE_ROOM]);
ssize_t log_line_refusal(uint64_t at_ms, const struct log_refusal *refusal, char ret[LOG_LINE_ROOM]);
ssize_t log_line_unreclaimed(uint64_t at_ms, unsigned int slot, unsigned int left, char ret[LOG_LINE_ROOM]);
ssize_t log_line_warm(uint64_t at_ms, const struct log_warm *warm, char ret[LOG_LINE_ROOM]);
ssize_t log_line_count(uint64_t at_ms, const char *event, uint64_t n, char ret[LOG_LINE_ROOM]);

/* The same for an event of the warden, which has its own time. @event->event is one of enum warden_event. */
ssize_t log_line_event(const struct wire_event *event, char ret[LOG_LINE_ROOM]);

/* Writes the name under which a client is logged: 16 digits of HMAC-SHA-256 under @key. */
void log_line_client(const char key[WIRE_LOG_KEY_BYTES], const char *client, char ret[LOG_CLIENT_ROOM]);

#endif
