/* SPDX-License-Identifier: MIT */
/* Answers that are a part of a result. It is decoded piece by piece while the client reads it, so it takes no
 * memory besides that of the result, which is shared. */
#ifndef EXRUN_RUNNER_FRONT_CONNECTION_PART_H
#define EXRUN_RUNNER_FRONT_CONNECTION_PART_H

#include <stdbool.h>

#include "runner/front/connection.h"
#include "runner/front/content.h"
#include "runner/front/http_write.h"

/* Answers the current request with @part of @content, to which it takes a reference. */
void connection_answer_part(struct connection *connection, const struct http_answer *answer,
                            struct content *content, const struct result_part *part);

/* Sends the next piece, once the last one was written. Returns false if there is none. If memory is short,
 * the connection ends soon. */
bool connection_send_piece(struct connection *connection);

#endif
