/* SPDX-License-Identifier: MIT */
/* The answers that a connection gives. */
#ifndef EXRUN_RUNNER_FRONT_CONNECTION_ANSWER_H
#define EXRUN_RUNNER_FRONT_CONNECTION_ANSWER_H

#include <event2/buffer.h>
#include <jansson.h>

#include "runner/front/connection.h"
#include "runner/front/http_write.h"
#include "runner/front/metrics.h"
#include "runner/text/error.h"

/* Answers the current request with @content, which is taken out of the buffer. */
void connection_answer(struct connection *connection, const struct http_answer *answer,
                       struct evbuffer *content);

/* Answers the current request with @object. NULL: memory was short for it, so the connection ends. */
void connection_answer_json(struct connection *connection, unsigned int status, json_t *object /* takes */);

/* Answers the current request with the problem that @err describes. @run: ID of the request's run; NULL: it
 * is not known. */
void connection_refuse_error(struct connection *connection, const struct error *err, const char *run);

/* Answers the current request with @status and the time after which the client can try again. @run: as
 * above. */
void connection_refuse_for_now(struct connection *connection, unsigned int status, const char *detail,
                               const char *run);

/* Answers the current request with a problem that has nothing but a status and a sentence. */
void connection_refuse_status(struct connection *connection, unsigned int status, const char *detail);

/* Answers a request for a run with 503, which counts as @reason. */
void connection_refuse_run(struct connection *connection, enum metrics_reason reason, const char *detail);

/* Answers a request before its body has come. If it has one, the connection can't go on. */
void connection_refuse_early(struct connection *connection, const struct http_answer *answer,
                             const char *detail);

#endif
