/* SPDX-License-Identifier: MIT */
/* One connection of a client: reads a request, waits for its answer, writes it, and starts again.
 *
 * One request at a time: the next one is not read before the answer to the last one is written. While a run
 * is pending, the end of the client's side (EPOLLRDHUP, also of a half-closed one) ends the run. */
#ifndef EXRUN_RUNNER_FRONT_CONNECTION_H
#define EXRUN_RUNNER_FRONT_CONNECTION_H

#include <event2/bufferevent.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/queue.h>

#include "runner/front/front_cell.h"
#include "runner/front/http_read.h"
#include "runner/front/query.h"
#include "runner/text/json_span.h"

struct content;
struct event;
struct evbuffer_cb_entry;
struct front;
struct front_run;
struct parsing;
struct front_listener;
struct run_events;

/* CONNECTION_LINGERING: a request was answered before all of it had come. What still comes is dropped,
 * because a client that can't send the rest would not read the answer. */
enum connection_state {
    CONNECTION_HEAD,
    CONNECTION_BODY,
    CONNECTION_PENDING,
    CONNECTION_WRITING,
    CONNECTION_CLOSING,
    CONNECTION_LINGERING,
    CONNECTION_STREAMING, /* the answer is a stream of events, whose end is not there yet */
};

enum content_type { CONTENT_NONE, CONTENT_OTHER, CONTENT_JSON, CONTENT_BYTES };

/* A principal is the name of a token, or the address of a listener that needs none. */
enum {
    CONNECTION_PATH_ROOM = 1024, /* of an artifact, too */
    CONNECTION_QUERY_ROOM = 160,
    CONNECTION_PRINCIPAL_ROOM = 128,
    CONNECTION_ORIGIN_ROOM = 288,
    CONNECTION_CLIENT_ROOM = 201, /* as a label's value */
    CONNECTION_MATCH_ROOM = 160,  /* two tags */
    CONNECTION_RUN_ROOM = 65,     /* a client's ID has at most 64 characters */
};

/* Where a client is. @ip: its network, and the family, to compare it with others. */
struct connection_peer {
    bool is_tcp;
    unsigned char ip[16];
};

/* Of an event: the attempt of its run, and its number in it, both from 1. */
struct event_id {
    size_t attempt, number;
};

/* @path: decoded, of the current request. @run: the one that this connection waits for; borrowed. */
struct connection {
    TAILQ_ENTRY(connection) entry;
    struct front *front;
    struct front_listener *listener;
    struct connection_peer peer;
    struct bufferevent *stream;
    struct event *late; /* an answer that is held back */
    enum connection_state state;
    enum http_method method;
    char path[CONNECTION_PATH_ROOM];
    char principal[CONNECTION_PRINCIPAL_ROOM]; /* whose runs the request can see */
    bool is_admin;                             /* it may make operators' calls */
    bool is_monitor;                           /* it may read the metrics */
    char origin[CONNECTION_ORIGIN_ROOM];       /* of the page that makes it, if "cors" lists it; "": none */
    char none_match[CONNECTION_MATCH_ROOM];    /* If-None-Match; "": none, or longer than any of ours */
    bool has_query, is_encoded;
    enum content_type type;
    bool wants_events;                      /* Accept: text/event-stream */
    bool wants_async;                       /* Prefer: respond-async */
    struct event_id last_event;             /* of Last-Event-ID; 0.0: none */
    bool is_event_wrong;                    /* Last-Event-ID is not one of ours */
    char query_text[CONNECTION_QUERY_ROOM]; /* as it was sent; "": none, or longer than any of ours */
    struct query query;                     /* ... as route_check() has read it */
    bool has_client;                        /* the header Exrun-Client */
    char client[CONNECTION_CLIENT_ROOM];    /* ... its value; "": not a valid one */
    bool has_cell;                          /* the header Exrun-Cell */
    enum front_cell cell;                   /* ... its value; FRONT_CELL_ANY: not a valid one */
    uint64_t body_bytes;
    char *body;             /* once all of it has come, until the request is handled; with a NUL behind it */
    uint64_t counted_bytes; /* of front->bodies_bytes; see connection_take_count() */
    uint64_t read_by_ns;    /* when the client must have read the answer; 0: it has none */
    struct content *sent;   /* the answer, until it is written; a reference */
    struct json_span rest;  /* the part of it that is not sent yet, if the answer is a part of it */
    bool keeps_alive;
    uint64_t idle_ns;     /* since when it has waited for a request */
    uint64_t deadline_ns; /* of the head or the body that has begun to come, or of the lingering */
    struct front_run *run;
    TAILQ_ENTRY(connection) waiting; /* in the run's list */
    struct parsing *parsing;         /* its request, while the worker has it; borrowed */
    struct run_events *events;       /* that it reads; a reference */
    size_t next_event;               /* index in their log */
    TAILQ_ENTRY(connection) reading; /* in the list of their readers */
    struct event *comment;
    struct evbuffer_cb_entry *counting; /* what is written of a stream; NULL: it has not begun one */
    size_t head_bytes;                  /* ... of its head, which are not written yet */
};

/* Serves the client at @fd. If that is not possible, closes it. */
void connection_open(struct front_listener *listener, const struct connection_peer *peer, int fd /* takes */);

/* Ends it without an answer, and cancels its run. */
void connection_close(struct connection *connection);

/* The same, but after the current event: for a caller that still needs the connection or its run. */
void connection_close_soon(struct connection *connection);

/* Returns how much of front->bodies_bytes is for the body of the current request. The caller gives it back
 * when the body's memory is free. */
uint64_t connection_take_count(struct connection *connection);

/* Waits, without reading more, until the caller answers. Notices if the client leaves. */
void connection_hold(struct connection *connection);

/* Continues after an answer was put into the output buffer. Only for connection_answer.c. */
void connection_end_answer(struct connection *connection);

#endif
