/* SPDX-License-Identifier: MIT */
/* Writes server-sent events: HTML Standard, section 9.2 (server-sent events), with one JSON object a line. */
#ifndef EXRUN_RUNNER_FRONT_EVENT_WRITE_H
#define EXRUN_RUNNER_FRONT_EVENT_WRITE_H

#include <event2/buffer.h>
#include <jansson.h>
#include <stddef.h>

#include "runner/front/content.h"
#include "sandbox/plan/job.h"

#define EVENTS_TYPE "text/event-stream"

/* @number: of the event in the log of the attempt @attempt, from 1; 0: the event has no "id:" line, so a
 * browser keeps the last one. */
struct event_name {
    const char *type;
    unsigned int attempt;
    size_t number;
};

/* Append an event to @to: with an object, with output as {"text"} or {"base64"}, or with a JSON text of one
 * line, which is shared. Return 0 or -ENOMEM, after which @to has a part of it. */
int event_write_object(struct evbuffer *to, const struct event_name *name, json_t *object /* takes */);
int event_write_output(struct evbuffer *to, const struct event_name *name, const struct bytes *bytes);
int event_write_content(struct evbuffer *to, const struct event_name *name, struct content *content);

#endif
