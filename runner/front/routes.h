/* SPDX-License-Identifier: MIT */
/* The table of the service's resources. */
#ifndef EXRUN_RUNNER_FRONT_ROUTES_H
#define EXRUN_RUNNER_FRONT_ROUTES_H

#include <stdbool.h>

#include "runner/front/connection.h"

enum { ROUTE_MOST_ANSWERS = 10 };

enum audience {
    EVERYBODY,
    PAGES,    /* the listeners with "page"; elsewhere, the resource does not exist */
    MONITORS, /* administrators, and the listeners with "metrics" */
    ADMINS,   /* only on administrators' sockets */
};

/* An answer that a call can give. @schema: of its content, in openapi_schemas.c; NULL: it has none, or it is
 * a problem. @type: of its content; NULL: JSON. */
struct route_answer {
    unsigned int status;
    const char *schema, *type;
};

/* A call. The members from @query on are for the document of the API as well (openapi.h). */
struct route {
    const char *path; /* one that ends in a slash is followed by an ID */
    enum http_method method;
    enum audience audience;
    void (*handle)(struct connection *connection);
    unsigned int query;  /* what it can have: a QUERY_BIT() each */
    const char *request; /* schema of the content of a request; NULL: it has none */
    const char *summary;
    struct route_answer answers[ROUTE_MOST_ANSWERS]; /* besides the problems that all calls can have */
    const char *suffix;  /* after the ID; NULL: none. After one that ends in a slash, there is a path */
    bool takes_bytes;    /* a request's content is not JSON, but bytes */
    uint64_t most_bytes; /* of a request; 0: as configured */
    bool is_file;        /* the ID is the name of a file of the page (page_is_name()) */
};

/* Returns the method's name. */
const char *route_method(const struct route *route);

/* Looks for the resource and its method. Returns true if it has the method; otherwise the request is
 * answered, with 404 or 405, or with 204 if it asks for the methods. */
bool route_find(struct connection *connection);

/* Checks the head of a request before its body is read. Returns true if the request can be handled; otherwise
 * it is answered. */
bool route_check(struct connection *connection);

/* Returns true if the request is for a resource that has keys, and has the right one. */
bool route_has_key(const struct connection *connection);

/* Handles a request whose body is complete. */
void route_handle(struct connection *connection);

#endif
