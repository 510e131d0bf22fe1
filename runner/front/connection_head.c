/* SPDX-License-Identifier: MIT */
/* The parts of a request's head that a connection keeps. */
#include "runner/front/connection_head.h"

#include <string.h>
#include <strings.h>

/* Copies @text, or makes @ret empty if it does not fit. */
static void take_text(struct http_slice text, char *ret, size_t room)
{
    size_t size = text.data && text.size < room ? text.size : 0;

    if (size > 0)
        memcpy(ret, text.data, size);
    ret[size] = '\0';
}

static bool is_json(struct http_slice type)
{
    static const char json[] = "application/json";

    return type.size >= sizeof(json) - 1 && strncasecmp(type.data, json, sizeof(json) - 1) == 0 &&
           (type.size == sizeof(json) - 1 || strchr("; \t", type.data[sizeof(json) - 1]));
}

/* A list of types with parameters: RFC 9110, section 12.5.1. A client that names this type can read it. */
static bool takes_events(struct http_slice accept)
{
    static const char type[] = "text/event-stream";

    for (size_t at = 0; at + sizeof(type) - 1 <= accept.size; at++)
        if (strncasecmp(accept.data + at, type, sizeof(type) - 1) == 0)
            return true;
    return false;
}

bool connection_head_take(struct connection *connection, const struct http_request *request)
{
    size_t size = 0;

    connection->method = request->method;
    connection->keeps_alive = request->keeps_alive;
    connection->body_bytes = request->body_bytes;
    connection->has_query = request->target.query.data != NULL;
    take_text(request->target.query, connection->query, sizeof(connection->query));
    connection->has_client = request->headers[HTTP_EXRUN_CLIENT].data != NULL;
    take_text(request->headers[HTTP_EXRUN_CLIENT], connection->client, sizeof(connection->client));
    connection->is_encoded = request->headers[HTTP_CONTENT_ENCODING].data != NULL;
    connection->wants_events = takes_events(request->headers[HTTP_ACCEPT]);
    connection->is_json = is_json(request->headers[HTTP_CONTENT_TYPE]);
    if (request->target.path.size >= sizeof(connection->path) ||
        http_decode(request->target.path, connection->path, &size) < 0)
        return false;
    connection->path[size] = '\0';
    return true;
}
