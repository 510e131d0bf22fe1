/* SPDX-License-Identifier: MIT */
/* Passes a run's events on to the front. */
#include "sandbox/keeper/stream.h"

#include <string.h>

#include "sandbox/keeper/wire.h"

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

/* It is the first message of a run, or follows the compile stage, which sends none. So there is room unless
 * the front reads nothing at all. If it is gone, the run is cancelled for that. */
static void send_started(void *arg, enum stage stage, bool is_ready)
{
    const struct stream *stream = arg;
    struct wire_started started = {.stage = stage, .is_ready = is_ready};
    const struct wire_message message = message_of(stream, WIRE_STARTED, &started, sizeof(started));

    wire_send_wait(stream->socket, &message);
}

static ssize_t send_chunk(const struct output_sink *sink, uint32_t is_stderr, const char *bytes, size_t size)
{
    struct {
        struct wire_chunk head;
        char bytes[WIRE_CHUNK_BYTES];
    } chunk = {.head = {.is_stderr = is_stderr}};
    struct wire_message message;
    int r;

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

void stream_open(struct stream *stream, struct run_io *io)
{
    io->started = send_started;
    io->arg = stream;
    io->sinks[0] = (struct output_sink){.pass = send_output, .arg = stream, .fd = stream->socket};
    io->sinks[1] = (struct output_sink){.pass = send_errors, .arg = stream, .fd = stream->socket};
}
