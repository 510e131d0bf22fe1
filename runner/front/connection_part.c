/* SPDX-License-Identifier: MIT */
/* Answers that are a part of a result. */
#include "runner/front/connection_part.h"

#include <event2/buffer.h>

#include "runner/front/connection_answer.h"
#include "runner/front/connection_reader.h"

enum { PIECE = 64 << 10 };

/* Returns false if memory is short. */
static bool add_piece(struct connection *connection)
{
    struct evbuffer *output = bufferevent_get_output(connection->stream);
    /* Encoded, it is at least as large as it is. */
    const size_t most = connection->rest.size < PIECE ? connection->rest.size + JSON_SPAN_LEAST : PIECE;
    struct evbuffer_iovec space;

    if (evbuffer_reserve_space(output, (ev_ssize_t)most, &space, 1) != 1)
        return false;
    space.iov_len = json_span_read(&connection->rest, connection->sent->text.data, space.iov_base, most);
    return evbuffer_commit_space(output, &space, 1) == 0;
}

void connection_answer_part(struct connection *connection, const struct http_answer *answer,
                            struct content *content, const struct result_part *part)
{
    struct http_answer full = *answer;

    full.content_bytes = part->bytes;
    if (!connection_add_head(connection, &full)) {
        connection_close(connection);
        return;
    }
    if (connection->method != HTTP_HEAD && part->bytes > 0) {
        connection_count_sent(connection, content);
        connection->rest = part->span;
        connection_reader_begin(connection, part->bytes);
        if (!add_piece(connection)) {
            connection_close(connection);
            return;
        }
    }
    connection_end_answer(connection);
}

bool connection_send_piece(struct connection *connection)
{
    if (connection->rest.size == 0)
        return false;
    if (!add_piece(connection)) {
        connection->rest.size = 0;
        connection_close_soon(connection);
    }
    return true;
}
