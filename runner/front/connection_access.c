/* SPDX-License-Identifier: MIT */
/* The principal of a request. */
#include "runner/front/connection_access.h"

#include <event2/event.h>
#include <stdio.h>
#include <string.h>

#include "runner/front/connection_answer.h"
#include "runner/front/front.h"
#include "runner/front/routes.h"

/* 100 ms, and as much as the loop's clock may be late, which is a tick of the kernel's coarse clock
 * (clock_gettime(2)). */
#define LATE_US 110000L

/* The configuration can change between two requests, so it is looked up for each one. */
static const struct access *find_access(const struct connection *connection)
{
    return access_of(&connection->front->load->access, connection->listener->address);
}

static void take_principal(struct connection *connection, const struct access *access,
                           const struct token *token)
{
    snprintf(connection->principal, sizeof(connection->principal), "%s",
             token ? token->name : connection->listener->address);
    connection->is_admin = connection->listener->is_admin && (!token || token->is_admin);
    connection->is_monitor = access->has_metrics;
}

static void take_origin(struct connection *connection, const struct access *access, struct http_slice origin)
{
    if (access_lists(access, origin) && origin.size < sizeof(connection->origin))
        snprintf(connection->origin, sizeof(connection->origin), "%.*s", (int)origin.size, origin.data);
}

enum access_verdict connection_check(struct connection *connection, const struct http_request *request)
{
    const struct access *access = find_access(connection);
    const struct token *token = NULL;
    enum access_verdict verdict = access ? access_check(access, request, &token) : ACCESS_CLOSED;

    if (verdict == ACCESS_CLOSED || verdict == ACCESS_WRONG_HOST || verdict == ACCESS_FOREIGN_ORIGIN)
        return verdict;
    take_origin(connection, access, request->headers[HTTP_ORIGIN]);
    /* Browsers ask with OPTIONS before they send a token (Fetch, section 3.3.5). */
    if (verdict != ACCESS_GRANTED && request->method != HTTP_OPTIONS)
        return verdict;
    take_principal(connection, access, token);
    return ACCESS_GRANTED;
}

enum access_verdict connection_check_key(struct connection *connection, enum access_verdict verdict)
{
    if (verdict != ACCESS_NO_TOKEN || !route_has_key(connection))
        return verdict;
    /* They can be of an earlier request on this connection. */
    *connection->principal = '\0';
    connection->is_admin = connection->is_monitor = false;
    return ACCESS_GRANTED;
}

bool connection_has_page(const struct connection *connection)
{
    const struct access *access = find_access(connection);

    return access && access->has_page;
}

char *const *connection_origins(const struct connection *connection)
{
    const struct access *access = find_access(connection);

    return access ? access->origins : NULL;
}

static void refuse(struct connection *connection, unsigned int status, const char *detail)
{
    const struct http_answer answer = {
        .status = status, .headers = {[HTTP_WWW_AUTHENTICATE] = status == 401 ? "Bearer" : NULL}};

    connection_refuse_early(connection, &answer, detail);
}

static void on_late(evutil_socket_t fd, short what, void *arg)
{
    struct connection *connection = arg;

    (void)fd;
    (void)what;
    connection->state = CONNECTION_BODY;
    refuse(connection, 401, "the token is not valid");
}

static void refuse_late(struct connection *connection)
{
    const struct timeval wait = {.tv_usec = LATE_US};

    if (!connection->late)
        connection->late = event_new(connection->front->base, -1, 0, on_late, connection);
    if (!connection->late || event_add(connection->late, &wait) < 0) {
        connection_close(connection);
        return;
    }
    connection_hold(connection);
}

void connection_turn_down(struct connection *connection, enum access_verdict verdict)
{
    switch (verdict) {
    case ACCESS_WRONG_HOST:
        refuse(connection, 421, "the service does not have this name (Host)");
        return;
    case ACCESS_FOREIGN_ORIGIN:
        refuse(connection, 403, "scripts of this page may not use the service (Origin)");
        return;
    case ACCESS_NO_TOKEN:
        refuse(connection, 401, "a token is necessary (Authorization: Bearer TOKEN)");
        return;
    case ACCESS_WRONG_TOKEN:
        refuse_late(connection);
        return;
    case ACCESS_CLOSED:
        connection->keeps_alive = false;
        refuse(connection, 421, "the service does not listen on this address any more");
        return;
    case ACCESS_GRANTED:
        return;
    }
}

bool connection_may_run(const struct connection *connection, const char *profile)
{
    const struct access *access = find_access(connection);
    const struct token *token = access ? tokens_named(&access->tokens, connection->principal) : NULL;

    return access && (access->wants_token ? token && token_may_run(token, profile) : true);
}
