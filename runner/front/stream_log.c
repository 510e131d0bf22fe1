/* SPDX-License-Identifier: MIT */
/* The event log of one run. */
#include "runner/front/stream_log.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "runner/text/encoding.h"

#define MS UINT64_C(1000000)
#define LINE_NS (10 * MS) /* for the end of a line of stderr */
#define GROWS_NS (5 * MS)
#define INTERVAL_NS (50 * MS)
#define RECORD_BYTES 8192
#define LARGEST_BYTES (2 * RECORD_BYTES - 1)
#define CALM_RECORDS 8192
#define RECORDS_A_DOUBLING 1024
#define MOST_DOUBLINGS 20
#define FIRST_RECORDS 16

static struct event_text *text_of(struct stream_log *log, uint8_t kind)
{
    return &log->texts[kind == EVENT_STDERR];
}

static int push(struct stream_log *log, const struct event_record *record, uint64_t now_ns)
{
    if (log->n == log->room) {
        size_t room = log->room ? log->room * 2 : FIRST_RECORDS;
        struct event_record *grown = reallocarray(log->records, room, sizeof(*grown));

        if (!grown)
            return -ENOMEM;
        log->records = grown;
        log->room = room;
    }
    log->records[log->n++] = *record;
    log->last_ns = now_ns;
    return 0;
}

/* Returns the last record if bytes of this kind can be added to it. */
static struct event_record *find_growing(struct stream_log *log, uint8_t kind, size_t size, uint64_t now_ns)
{
    struct event_record *last = log->n > log->n_taken ? &log->records[log->n - 1] : NULL;

    return last && last->kind == kind && last->size + size <= RECORD_BYTES && now_ns < log->last_ns + GROWS_NS
               ? last
               : NULL;
}

/* Puts the next @size bytes of the text into a record. */
static int cut_piece(struct stream_log *log, uint8_t kind, size_t size, uint64_t now_ns)
{
    struct event_text *text = text_of(log, kind);
    struct event_record *growing = find_growing(log, kind, size, now_ns);
    int r = 0;

    if (growing)
        growing->size += (uint32_t)size;
    else
        r = push(log, &(struct event_record){kind, 0, (uint32_t)text->cut, (uint32_t)size}, now_ns);
    if (r < 0)
        return r;
    text->cut += size;
    text->held_ns = text->cut < text->all.size ? now_ns : 0;
    return 0;
}

/* Returns the end of the last whole character in the next @size bytes. */
static size_t whole_characters(const struct event_text *text, size_t size)
{
    const struct bytes next = {.data = text->all.data + text->cut, .size = size};

    return encoding_whole_characters(&next).size;
}

/* Puts the text up to @end into records. The output of a whole run can come at once. */
static int cut(struct stream_log *log, uint8_t kind, size_t end, uint64_t now_ns)
{
    const struct event_text *text = text_of(log, kind);
    int r = 0;

    while (text->cut < end && r == 0) {
        size_t rest = end - text->cut;

        r = cut_piece(log, kind, rest > LARGEST_BYTES ? whole_characters(text, RECORD_BYTES) : rest, now_ns);
    }
    return r;
}

/* Returns the end of the last whole character. */
static size_t end_of_characters(const struct event_text *text)
{
    return text->cut + whole_characters(text, text->all.size - text->cut);
}

static size_t end_of_lines(const struct event_text *text)
{
    const char *end = memrchr(text->all.data + text->cut, '\n', text->all.size - text->cut);

    return end ? (size_t)(end + 1 - text->all.data) : text->cut;
}

/* How long output waits for more before it is cut. */
static uint64_t patience_ns(const struct stream_log *log, uint8_t kind)
{
    size_t doublings = log->n < CALM_RECORDS ? 0 : (log->n - CALM_RECORDS) / RECORDS_A_DOUBLING;

    if (log->n < CALM_RECORDS)
        return kind == EVENT_STDERR ? LINE_NS : 0;
    return INTERVAL_NS << (doublings < MOST_DOUBLINGS ? doublings : MOST_DOUBLINGS);
}

static size_t waiting(const struct event_text *text)
{
    return text->all.size - text->cut;
}

/* Cuts what need not wait for more. */
static int cut_ready(struct stream_log *log, uint8_t kind, uint64_t now_ns)
{
    struct event_text *text = text_of(log, kind);
    bool is_over = text->held_ns != 0 && now_ns >= text->held_ns + patience_ns(log, kind);

    if (waiting(text) == 0)
        return 0;
    if (is_over || waiting(text) >= RECORD_BYTES || (kind == EVENT_STDOUT && log->n < CALM_RECORDS))
        return cut(log, kind, end_of_characters(text), now_ns);
    return log->n < CALM_RECORDS ? cut(log, kind, end_of_lines(text), now_ns) : 0;
}

int stream_log_append(struct stream_log *log, enum event_kind kind, const struct bytes *bytes,
                      uint64_t now_ns)
{
    struct event_text *text = text_of(log, (uint8_t)kind);
    int r = growing_add(&text->all, bytes->data, bytes->size);

    if (r < 0)
        return r;
    if (text->held_ns == 0)
        text->held_ns = now_ns;
    return cut_ready(log, (uint8_t)kind, now_ns);
}

int stream_log_cut(struct stream_log *log, uint64_t now_ns)
{
    int r = cut_ready(log, EVENT_STDOUT, now_ns);

    return r < 0 ? r : cut_ready(log, EVENT_STDERR, now_ns);
}

static int cut_all(struct stream_log *log, uint64_t now_ns)
{
    int r = cut(log, EVENT_STDOUT, log->texts[0].all.size, now_ns);

    return r < 0 ? r : cut(log, EVENT_STDERR, log->texts[1].all.size, now_ns);
}

static int cut_characters(struct stream_log *log, uint64_t now_ns)
{
    int r = 0;

    for (uint8_t kind = EVENT_STDOUT; kind <= EVENT_STDERR && r == 0; kind++)
        if (waiting(text_of(log, kind)) > 0)
            r = cut(log, kind, end_of_characters(text_of(log, kind)), now_ns);
    return r;
}

int stream_log_add(struct stream_log *log, enum event_kind kind, uint8_t detail, uint64_t now_ns)
{
    int r = 0;

    if (kind == EVENT_READING)
        r = cut_characters(log, now_ns);
    else if (kind == EVENT_END)
        r = cut_all(log, now_ns);
    if (r == 0)
        r = push(log, &(struct event_record){.kind = (uint8_t)kind, .detail = detail}, now_ns);
    return r;
}

uint64_t stream_log_due_ns(const struct stream_log *log)
{
    uint64_t due_ns = UINT64_MAX;

    for (size_t i = 0; i < 2; i++) {
        const struct event_text *text = &log->texts[i];
        uint64_t ns = text->held_ns + patience_ns(log, i == 0 ? EVENT_STDOUT : EVENT_STDERR);
        bool can_be_cut = waiting(text) > 0 && end_of_characters(text) > text->cut;

        if (can_be_cut && ns < due_ns)
            due_ns = ns;
    }
    return due_ns;
}

const struct event_record *stream_log_take(struct stream_log *log, size_t index)
{
    if (index >= log->n)
        return NULL;
    if (log->n_taken < index + 1)
        log->n_taken = index + 1;
    return &log->records[index];
}

struct bytes stream_log_bytes(const struct stream_log *log, const struct event_record *record)
{
    const struct event_text *text = &log->texts[record->kind == EVENT_STDERR];

    return (struct bytes){.data = text->all.data + record->offset, .size = record->size};
}

void stream_log_fit(struct stream_log *log)
{
    struct event_record *records = log->n > 0 ? reallocarray(log->records, log->n, sizeof(*records)) : NULL;

    if (records) {
        log->records = records;
        log->room = log->n;
    }
    for (size_t i = 0; i < 2; i++)
        growing_fit(&log->texts[i].all);
}

size_t stream_log_memory(const struct stream_log *log)
{
    return log->room * sizeof(*log->records) + log->texts[0].all.room + log->texts[1].all.room;
}

void stream_log_deinit(struct stream_log *log)
{
    for (size_t i = 0; i < 2; i++)
        growing_deinit(&log->texts[i].all);
    free(log->records);
    *log = (struct stream_log){0};
}
