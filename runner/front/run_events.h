/* SPDX-License-Identifier: MIT */
/* The events of a run, and the connections that read them as a stream.
 *
 * The output is kept once, in the event log. A reader is a connection with the index of its next event, and
 * at most some 64 KiB that it has not taken yet (half of that, and one record). One that takes nothing for a
 * while is disconnected, so neither the program nor another reader waits for it. */
#ifndef EXRUN_RUNNER_FRONT_RUN_EVENTS_H
#define EXRUN_RUNNER_FRONT_RUN_EVENTS_H

#include <event2/event.h>
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/queue.h>

#include "runner/front/connection.h"
#include "runner/front/content.h"
#include "runner/front/stream_log.h"
#include "sandbox/plan/plan.h"
#include "sandbox/plan/warm.h"

struct front;

/* Memory for the log besides the output. */
#define RUN_EVENTS_BYTES (UINT64_C(256) << 10)

/* So a program that waits again and again can't fill that memory. */
enum { RUN_EVENTS_READINGS = 1024 };

/* @n_readers: in @readers. @end: the result, for the last event; NULL: it has not come. @lean: the same
 * without output, for readers who want that. @attempt: in the IDs of events; 2: there was another log before,
 * which could not be kept. @due: when text that waits is cut. @reserved_bytes: of the front's memory, if
 * there are readers after the end. */
struct run_events {
    size_t n_references;
    char id[CONNECTION_RUN_ROOM]; /* of the run */
    struct front *front;
    struct stream_log log;
    TAILQ_HEAD(event_readers, connection) readers;
    size_t n_readers;
    struct content *end, *lean;
    unsigned int attempt;
    bool is_restored;             /* restored_events.h */
    size_t n_readings, reading_n; /* events "reading", and of all events after the last one of them */
    uint64_t reading_taken;       /* input that had been taken then */
    struct event *due;
    uint64_t reserved_bytes;
};

/* Returns the events of the run @id, so far none, with one reference; NULL: memory is short. */
struct run_events *run_events_new(struct front *front, const char *id);

/* Counts a further reference. @events can be NULL. */
void run_events_ref(struct run_events *events);

/* Gives a reference back; the last one frees it. @events can be NULL. */
void run_events_unref(struct run_events *events);
void run_events_unrefp(struct run_events **events);

/* Begins the answer of @connection with the head of a stream, and lets it read on after the event that it had
 * last, and first "queued" if the run waits in the queue at @position, from 1, or "restarted" if the events
 * were restored and it did not have any of them. If that fails, closes the connection. */
void run_events_read(struct run_events *events, struct connection *connection, size_t position);

/* Writes what the reader has room for. For a connection that has written what it had. Does nothing if it is
 * no reader any more. */
void run_events_go_on(struct connection *connection);

/* Ends the stream of a reader whose run was refused before it started with the event "problem". The
 * connection then reads no more. Returns 0 or -ENOMEM. */
int run_events_refuse(struct connection *connection, json_t *problem /* takes */);

/* The connection reads no more. Does nothing if it has not been one. */
void run_events_leave(struct connection *connection);

/* Tell what happens. @stage: of enum stage. Return 0 or -ENOMEM. */
int run_events_started(struct run_events *events, enum stage stage, enum run_cell cell);
int run_events_output(struct run_events *events, bool is_stderr, const struct bytes *bytes);

/* The program waits for input, of which it has taken @n_taken bytes so far. It is told once, until there is
 * output or input, and at most RUN_EVENTS_READINGS times. Returns 0 or -ENOMEM. */
int run_events_reading(struct run_events *events, uint64_t n_taken);

/* Copy the output that was told so far, as texts that the caller frees; empty ones stay as they are. Returns
 * 0 or -ENOMEM. */
int run_events_copy(const struct run_events *events, struct bytes *ret_output, struct bytes *ret_errors);

/* Adds what is missing of the whole output. Returns 0, -ENOMEM, or -EBADMSG if the events have more than
 * that. */
int run_events_complete(struct run_events *events, const struct bytes *output, const struct bytes *errors);

/* Returns the number of events so far. */
size_t run_events_n(const struct run_events *events);

/* Returns how much memory they take, in bytes. */
size_t run_events_memory(const struct run_events *events);

/* Returns how many bytes of output were told so far. */
size_t run_events_bytes(const struct run_events *events);

/* Ends the events with the result. @lean: NULL: all readers get @content. They get it after everything else,
 * and their connections are then closed. @content NULL: memory is short, and they are closed at once. Returns
 * 0, or -ENOMEM in that case. */
int run_events_end(struct run_events *events, struct content *content, struct content *lean);

#endif
