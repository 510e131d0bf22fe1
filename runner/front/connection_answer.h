/* SPDX-License-Identifier: MIT */
/* The answers that a connection gives. */
#ifndef EXRUN_RUNNER_FRONT_CONNECTION_ANSWER_H
#define EXRUN_RUNNER_FRONT_CONNECTION_ANSWER_H

#include <jansson.h>

#include "runner/front/connection.h"
#include "runner/front/content.h"
#include "runner/front/http_write.h"
#include "runner/front/metrics.h"
#include "runner/text/error.h"

/* Adds the head of an answer to what is sent. Returns false if it has too many bytes, or memory is short. */
bool connection_add_head(struct connection *connection, const struct http_answer *answer);

/* Answers the current request with @content, to which it takes a reference, or without
 * content if that is NULL. */
void connection_answer(struct connection *connection, const struct http_answer *answer,
                       struct content *content);

/* Writes what the client's socket takes now, if that is not much. Otherwise the next turn of the loop does,
 * before which the kernel can let another process run: the answer of a run would wait for the end of its
 * cell. The loop finds errors, too. */
void connection_write_now(struct connection *connection);

/* Answers the current request with the result of the run @id. */
void connection_answer_result(struct connection *connection, const char *id, struct content *content);

/* Answers the current request with @object. If it is NULL, because memory is short, closes the connection. */
void connection_answer_json(struct connection *connection, const struct http_answer *answer,
                            json_t *object /* takes */);

/* The answer was written, or its client has left: gives back the memory for it. */
void connection_answer_end(struct connection *connection);

/* Answers the current request with the problem that @err describes. @run: ID of the request's run; NULL: it
 * is not known. */
void connection_refuse_error(struct connection *connection, const struct error *err, const char *run);

/* Answers the current request with @status, 429 or 503. @run: as above. */
void connection_refuse_for_now(struct connection *connection, unsigned int status, const char *detail,
                               const char *run);

/* Answers the current request with a problem that has a status and a sentence. This and all other problems
 * with 429 and 503 have the time after which the client can try again. */
void connection_refuse_status(struct connection *connection, unsigned int status, const char *detail);

/* Answers a request for a run with 503, which counts as @reason. */
void connection_refuse_run(struct connection *connection, enum metrics_reason reason, const char *detail);

/* Answers a request before its body has come. If it has one, the connection can't go on. */
void connection_refuse_early(struct connection *connection, const struct http_answer *answer,
                             const char *detail);

/* Begins an answer that is a stream of events. Its end is the end of the connection. Returns 0 or -errno. */
int connection_begin_stream(struct connection *connection, const char *id);

/* Counts @content, which the connection sends, until it is written. A content counts once, however many
 * connections send it. */
void connection_count_sent(struct connection *connection, struct content *content);

#endif
