/* SPDX-License-Identifier: MIT */
/* One connection of a client: reads a request, waits for its answer, writes it, and starts again.
 *
 * One request at a time: the next one is not read before the answer to the last one is written. While a run
 * is pending, the end of the client's side (EPOLLRDHUP, also of a half-closed one) ends the run. */
#ifndef EXRUN_RUNNER_FRONT_CONNECTION_H
#define EXRUN_RUNNER_FRONT_CONNECTION_H

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/queue.h>

#include "runner/front/http_read.h"
#include "runner/front/http_write.h"
#include "runner/text/error.h"

struct front;
struct front_run;
struct parsing;
struct front_listener;

/* CONNECTION_LINGERING: a request was answered before all of it had come. What still comes is dropped,
 * because a client that can't send the rest would not read the answer. */
enum connection_state {
    CONNECTION_HEAD,
    CONNECTION_BODY,
    CONNECTION_PENDING,
    CONNECTION_CLOSING,
    CONNECTION_LINGERING,
};

enum { CONNECTION_PATH_ROOM = 256 };

/* @path: decoded, of the current request. @run: the one that this connection waits for; borrowed. */
struct connection {
    TAILQ_ENTRY(connection) entry;
    struct front *front;
    const struct front_listener *listener;
    struct bufferevent *stream;
    struct event *closed;
    enum connection_state state;
    enum http_method method;
    char path[CONNECTION_PATH_ROOM];
    bool has_query, is_json;
    uint64_t body_bytes;
    char *body;              /* once all of it has come, until the request is handled; with a NUL behind it */
    uint64_t counted_bytes;  /* of front->bodies_bytes */
    uint64_t reserved_bytes; /* of front->reserved_bytes, until the answer is written */
    bool keeps_alive;
    uint64_t lingers_until_ns;
    struct front_run *run;
    struct parsing *parsing; /* its request, while the worker has it; borrowed */
};

/* Serves the client at @fd. If that is not possible, closes it. */
void connection_open(struct front *front, const struct front_listener *listener, int fd /* takes */);

/* Ends it without an answer, and cancels its run. */
void connection_close(struct connection *connection);

/* Answers the current request with @content, which is taken out of the buffer. */
void connection_answer(struct connection *connection, const struct http_answer *answer,
                       struct evbuffer *content);

/* Answers the current request with the problem that @err describes. */
void connection_refuse_error(struct connection *connection, const struct error *err);

/* Answers the current request with @status and the time after which the client can try again. */
void connection_refuse_for_now(struct connection *connection, unsigned int status, const char *detail);

/* Answers the current request with a problem. @pointer can be NULL. */
void connection_refuse(struct connection *connection, const struct http_answer *answer, const char *detail,
                       const char *pointer);

#endif
