/* SPDX-License-Identifier: MIT */
/* The parts of a request's head that a connection keeps. */
#include "runner/front/connection_head.h"

#include <string.h>
#include <strings.h>

#define MOST_DIGITS 9 /* of a number in an event's ID */

/* Copies @text, or makes @ret empty if it does not fit. */
static void take_text(struct http_slice text, char *ret, size_t room)
{
    size_t size = text.data && text.size < room ? text.size : 0;

    if (size > 0)
        memcpy(ret, text.data, size);
    ret[size] = '\0';
}

static bool is_type(struct http_slice type, const char *name)
{
    size_t size = strlen(name);

    return type.size >= size && strncasecmp(type.data, name, size) == 0 &&
           (type.size == size || strchr("; \t", type.data[size]));
}

static enum content_type type_of(struct http_slice type)
{
    if (!type.data)
        return CONTENT_NONE;
    if (is_type(type, "application/json"))
        return CONTENT_JSON;
    return is_type(type, "application/octet-stream") ? CONTENT_BYTES : CONTENT_OTHER;
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

/* A list of preferences: RFC 7240, section 2. */
static bool is_preferred(struct http_slice prefer, const char *name)
{
    const char *text = prefer.data, *end = text ? text + prefer.size : NULL;
    size_t length = strlen(name);

    while (text < end) {
        const char *comma = memchr(text, ',', (size_t)(end - text)), *last = comma ? comma : end;

        while (text < last && *text == ' ')
            text++;
        if ((size_t)(last - text) >= length && strncasecmp(text, name, length) == 0 &&
            (text + length == last || strchr(" ;", text[length])))
            return true;
        text = last + 1;
    }
    return false;
}

/* Reads a number without a zero at its start, and takes it off. Returns 0 if there is none. */
static size_t read_number(struct http_slice *text)
{
    size_t number = 0, n = 0;

    while (n < text->size && n < MOST_DIGITS && text->data[n] >= (n == 0 ? '1' : '0') && text->data[n] <= '9')
        number = number * 10 + (size_t)(text->data[n++] - '0');
    text->data += n;
    text->size -= n;
    return number;
}

/* "ATTEMPT.NUMBER". Returns false if it is not that. */
static bool read_event(struct http_slice id, struct event_id *ret)
{
    *ret = (struct event_id){0};
    if (!id.data)
        return true;
    ret->attempt = read_number(&id);
    if (ret->attempt == 0 || id.size == 0 || *id.data != '.')
        return false;
    id.data++;
    id.size--;
    ret->number = read_number(&id);
    return ret->number > 0 && id.size == 0;
}

bool connection_head_take(struct connection *connection, const struct http_request *request)
{
    size_t size = 0;

    connection->method = request->method;
    connection->keeps_alive = request->keeps_alive;
    connection->body_bytes = request->body_bytes;
    connection->has_query = request->target.query.data != NULL;
    take_text(request->target.query, connection->query_text, sizeof(connection->query_text));
    connection->has_client = request->headers[HTTP_EXRUN_CLIENT].data != NULL;
    take_text(request->headers[HTTP_EXRUN_CLIENT], connection->client, sizeof(connection->client));
    connection->has_cell = request->headers[HTTP_EXRUN_CELL].data != NULL;
    connection->cell = front_cell_read(request->headers[HTTP_EXRUN_CELL]);
    take_text(request->headers[HTTP_IF_NONE_MATCH], connection->none_match, sizeof(connection->none_match));
    connection->is_encoded = request->headers[HTTP_CONTENT_ENCODING].data != NULL;
    connection->wants_events = takes_events(request->headers[HTTP_ACCEPT]);
    connection->wants_async = is_preferred(request->headers[HTTP_PREFER], "respond-async");
    connection->is_event_wrong = !read_event(request->headers[HTTP_LAST_EVENT_ID], &connection->last_event);
    connection->type = type_of(request->headers[HTTP_CONTENT_TYPE]);
    if (request->target.path.size >= sizeof(connection->path) ||
        http_decode(request->target.path, connection->path, &size) < 0)
        return false;
    connection->path[size] = '\0';
    return true;
}
