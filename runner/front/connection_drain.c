/* SPDX-License-Identifier: MIT */
/* The connections of a service that is ending. */
#include "runner/front/connection_drain.h"

#include <event2/buffer.h>
#include <sys/socket.h>

#include "runner/front/front.h"
#include "sandbox/base/timing.h"

#define NEXT_REQUEST_NS UINT64_C(1000000000)

bool connection_drain_takes(const struct connection *connection)
{
    return connection->listener->is_inherited && !connection->front->is_ending;
}

/* Returns true if the client has sent a part of a request, or might be doing so. */
static bool has_begun(const struct connection *connection)
{
    char byte;

    return evbuffer_get_length(bufferevent_get_input(connection->stream)) > 0 ||
           timing_now_ns() - connection->idle_ns < NEXT_REQUEST_NS ||
           recv(bufferevent_getfd(connection->stream), &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

bool connection_drain_waits(const struct connection *connection)
{
    if (evbuffer_get_length(bufferevent_get_output(connection->stream)) > 0 || connection->rest.size > 0)
        return true;
    if (!connection_drain_takes(connection))
        return false;
    return connection->state == CONNECTION_HEAD ? has_begun(connection)
                                                : connection->state != CONNECTION_CLOSING;
}
