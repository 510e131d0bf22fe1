/* SPDX-License-Identifier: MIT */
/* How long a client may take to read an answer. */
#include "runner/front/connection_reader.h"

#include "runner/front/connection.h"
#include "runner/front/front.h"
#include "runner/front/front_metrics.h"
#include "sandbox/base/timing.h"

#define SECOND_NS UINT64_C(1000000000)
#define LEAST_NS (30 * SECOND_NS)
#define BYTES_A_SECOND (UINT64_C(16) << 10)

void connection_reader_begin(struct connection *connection, uint64_t bytes)
{
    connection->read_by_ns = timing_now_ns() + LEAST_NS + bytes / BYTES_A_SECOND * SECOND_NS;
}

void connection_reader_end(struct connection *connection)
{
    connection->read_by_ns = 0;
}

static struct connection *find_late(const struct front *front, uint64_t now_ns)
{
    struct connection *connection;

    TAILQ_FOREACH(connection, &front->connections, entry)
    if (connection->read_by_ns != 0 && connection->read_by_ns <= now_ns)
        return connection;
    return NULL;
}

/* Begins again after each, because the end of one connection can end others. */
void connection_reader_look(struct front *front)
{
    const uint64_t now_ns = timing_now_ns();
    struct connection *connection;

    while ((connection = find_late(front, now_ns))) {
        front_metrics_note_dropped(connection);
        connection_close(connection);
    }
}
