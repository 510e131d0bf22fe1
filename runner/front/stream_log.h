/* SPDX-License-Identifier: MIT */
/* The event log of one run: what its streams' readers are told, in order.
 *
 * The output is kept once, as two texts, and a record is a piece of one of them, or another event. A reader
 * is an index: it takes the records from there on. So a slow reader costs nothing, and a program never waits
 * for one.
 *
 * A record of a text has less than 16 KiB. It ends at the border of a character, and in stderr at the end of
 * a line; the rest waits for more, a line at most 10 ms. A program that writes byte by byte would fill the
 * memory with records, so a record that no reader has taken grows for a moment. After 8,192 records, a
 * text is only cut at an interval, which doubles with each further 1,024 records; within it, the order
 * between the two texts is lost. All of that is bounded by the output and 256 KiB. */
#ifndef EXRUN_RUNNER_FRONT_STREAM_LOG_H
#define EXRUN_RUNNER_FRONT_STREAM_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sandbox/base/growing.h"
#include "sandbox/plan/job.h"

enum event_kind { EVENT_STARTED, EVENT_STDOUT, EVENT_STDERR, EVENT_READING, EVENT_END };

/* @detail: of EVENT_STARTED, as the caller gave it. @offset, @size: the piece of the text of EVENT_STDOUT or
 * EVENT_STDERR. */
struct event_record {
    uint8_t kind, detail;
    uint32_t offset, size;
};

/* @cut: up to where @all is in records. @held_ns: since when the rest waits; 0: nothing waits. */
struct event_text {
    struct growing all;
    size_t cut;
    uint64_t held_ns;
};

/* Zeroed, it is an empty log. @n_taken: records that a reader has, or had. @last_ns: when the last record
 * began. */
struct stream_log {
    struct event_text texts[2];
    struct event_record *records;
    size_t n, room, n_taken;
    uint64_t last_ns;
};

/* Adds an event that is not output. EVENT_READING cuts all whole characters before it, so that a question
 * comes before its answer is asked for. EVENT_END cuts all that waits, and is the last. Returns 0 or -ENOMEM.
 */
int stream_log_add(struct stream_log *log, enum event_kind kind, uint8_t detail, uint64_t now_ns);

/* Adds output of EVENT_STDOUT or EVENT_STDERR. Returns 0 or -ENOMEM. */
int stream_log_append(struct stream_log *log, enum event_kind kind, const struct bytes *bytes,
                      uint64_t now_ns);

/* Cuts what has waited long enough. Returns 0 or -ENOMEM. */
int stream_log_cut(struct stream_log *log, uint64_t now_ns);

/* Returns when stream_log_cut() has something to do; UINT64_MAX: never, unless more is added. */
uint64_t stream_log_due_ns(const struct stream_log *log);

/* Returns the record at @index, which then changes no more, or NULL if it has not come yet. */
const struct event_record *stream_log_take(struct stream_log *log, size_t index);

/* Returns the piece of a record, which exists until the log changes. */
struct bytes stream_log_bytes(const struct stream_log *log, const struct event_record *record);

/* Gives back memory that nothing needs, once all is there. */
void stream_log_fit(struct stream_log *log);

/* Returns how much memory the log takes, in bytes. */
size_t stream_log_memory(const struct stream_log *log);

void stream_log_deinit(struct stream_log *log);

#endif
