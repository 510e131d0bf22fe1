/* SPDX-License-Identifier: MIT */
/* Tells the front what happens during a run. */
#include "sandbox/keeper/stream.h"

#include <string.h>

#include "sandbox/base/timing.h"
#include "sandbox/cell/cgroup_figures.h"
#include "sandbox/keeper/wire.h"

#define BEAT_NS UINT64_C(1000000000)

static struct wire_message message_of(const struct stream *stream, enum wire_type type, void *payload,
                                      size_t size)
{
    return (struct wire_message){.type = type,
                                 .generation = stream->generation,
                                 .run = stream->run,
                                 .payload = payload,
                                 .size = size,
                                 .fd = -1};
}

/* No output comes before it, so there is room unless the front reads nothing at all. If it is gone, the run
 * is cancelled for that. */
static void send_started(const struct stream *stream, enum stage stage)
{
    struct wire_started started = stream->started[stage];
    const struct wire_message message = message_of(stream, WIRE_STARTED, &started, sizeof(started));

    wire_send_wait(stream->socket, &message);
}

static void note_started(void *arg, enum stage stage, enum run_cell cell)
{
    struct stream *stream = arg;

    stream->started[stage] = (struct wire_started){.stage = stage, .cell = cell};
    if (stream->has_output)
        send_started(stream, stage);
}

static ssize_t send_chunk(const struct output_sink *sink, uint32_t is_stderr, const char *bytes, size_t size)
{
    struct {
        struct wire_chunk head;
        char bytes[WIRE_CHUNK_BYTES];
    } chunk; /* not zeroed: most of its bytes are not used */
    struct wire_message message;
    int r;

    chunk.head = (struct wire_chunk){.is_stderr = is_stderr};
    size = size < sizeof(chunk.bytes) ? size : sizeof(chunk.bytes);
    memcpy(chunk.bytes, bytes, size);
    message = message_of(sink->arg, WIRE_CHUNK, &chunk, sizeof(chunk.head) + size);
    r = wire_send(sink->fd, &message);
    return r < 0 ? r : (ssize_t)size;
}

static ssize_t send_output(const struct output_sink *sink, const char *bytes, size_t size)
{
    return send_chunk(sink, 0, bytes, size);
}

static ssize_t send_errors(const struct output_sink *sink, const char *bytes, size_t size)
{
    return send_chunk(sink, 1, bytes, size);
}

/* Tells what can be told without waiting. The rest is told when the program has lived a little longer. */
static void flush(struct stream *stream)
{
    struct wire_reading reading = {.is_on = stream->waits};
    struct wire_taken taken = {.bytes = (uint32_t)stream->n_taken};
    const struct wire_message messages[] = {
        message_of(stream, WIRE_TAKEN, &taken, sizeof(taken)),
        message_of(stream, WIRE_READING, &reading, sizeof(reading)),
    };

    if (stream->n_taken > 0 && wire_send(stream->socket, &messages[0]) == 0)
        stream->n_taken = 0;
    if (stream->waits != stream->was_told && wire_send(stream->socket, &messages[1]) == 0)
        stream->was_told = stream->waits;
}

static void send_taken(void *arg, size_t n)
{
    struct stream *stream = arg;

    stream->n_taken += n;
    flush(stream);
}

static void send_reading(void *arg, bool waits)
{
    struct stream *stream = arg;

    stream->waits = waits;
    flush(stream);
}

/* A beat that does not fit is left out. */
static void send_beat(void *arg, const struct cell *cell)
{
    struct stream *stream = arg;
    uint64_t now_ns = timing_now_ns();
    struct wire_beat beat;
    struct wire_message message;

    flush(stream);
    if (now_ns < stream->beat_ns + BEAT_NS)
        return;
    beat.bytes = cgroup_memory_bytes(&cell->cgroup);
    message = message_of(stream, WIRE_BEAT, &beat, sizeof(beat));
    wire_send(stream->socket, &message);
    stream->beat_ns = now_ns;
}

static void set_sinks(struct stream *stream, bool keeps)
{
    const struct output_sink sink = {.arg = stream, .fd = stream->socket, .keeps = keeps};

    stream->has_output = true;
    stream->io->sinks[0] = stream->io->sinks[1] = sink;
    stream->io->sinks[0].pass = send_output;
    stream->io->sinks[1].pass = send_errors;
}

void stream_open(struct stream *stream, struct run_io *io, bool has_output)
{
    stream->io = io;
    stream->beat_ns = timing_now_ns();
    io->listener = (struct run_listener){.arg = stream,
                                         .started = note_started,
                                         .took = send_taken,
                                         .waits = send_reading,
                                         .lives = send_beat};
    if (has_output)
        set_sinks(stream, false);
}

void stream_add_output(struct stream *stream)
{
    if (stream->has_output)
        return;
    for (enum stage stage = STAGE_COMPILE; stage <= STAGE_RUN; stage++)
        if (stream->started[stage].stage != STAGE_NONE)
            send_started(stream, stage);
    set_sinks(stream, true);
}
