/* SPDX-License-Identifier: MIT */
/* Reads the head of an HTTP/1.x request strictly (RFC 9112).
 *
 * It is a pure function over the bytes that a connection has received so far. It is called again with more
 * bytes until it has an outcome, and the outcome depends neither on the pieces in which the bytes arrived nor
 * on the bytes behind the head. A refused connection must be closed after the answer, because the position of
 * its next request is unknown.
 *
 * A proxy in front of us must never see other requests in the same bytes (request smuggling). So wherever
 * RFC 9112 lets a reader choose, this one refuses: lines that end with a bare LF, folded lines, a blank
 * before a colon, two lengths or one in a list, any Transfer-Encoding, a second Host. A tab in a header that
 * we read is refused, too, because to nginx it is a part of the value, and to RFC 9110 it is not. An empty
 * line before the request line is skipped once (section 2.2). A header that we read can be given once, even
 * if it is a list; only Connection can be repeated. Headers that we don't read are checked and forgotten. */
#ifndef EXRUN_RUNNER_FRONT_HTTP_READ_H
#define EXRUN_RUNNER_FRONT_HTTP_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runner/front/http_target.h"

/* Bounds of a head: its bytes with the empty line at its end, and its number of header lines. */
enum { HTTP_HEAD_BYTES = 8192, HTTP_MOST_HEADERS = 64 };

/* HTTP_OTHER: any other token, which the caller answers with 405. */
enum http_method { HTTP_OTHER, HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_DELETE, HTTP_OPTIONS };

/* The headers that exrun reads. */
enum http_header {
    HTTP_ACCEPT,
    HTTP_AUTHORIZATION,
    HTTP_CONNECTION,
    HTTP_CONTENT_ENCODING,
    HTTP_CONTENT_LENGTH,
    HTTP_CONTENT_TYPE,
    HTTP_EXPECT,
    HTTP_EXRUN_CELL,
    HTTP_EXRUN_CLIENT,
    HTTP_HOST,
    HTTP_IF_NONE_MATCH,
    HTTP_LAST_EVENT_ID,
    HTTP_ORIGIN,
    HTTP_PREFER,
    HTTP_TRANSFER_ENCODING,
    HTTP_N_HEADERS,
};

enum http_outcome {
    HTTP_NEED_MORE, /* the head is not complete; at most HTTP_HEAD_BYTES bytes are needed */
    HTTP_REQUEST,
    HTTP_REFUSED,
};

/* All slices point into the caller's buffer. */
struct http_request {
    enum http_method method;   /* also after a refusal, if the request line was read */
    unsigned int minor;        /* 0 or 1, of the version HTTP/1.x */
    struct http_target target; /* checked by http_target_split(); also after 411 */
    /* Values without the spaces around them, in printable ASCII. Missing if not given. Of several Connection
     * headers it is the last. */
    struct http_slice headers[HTTP_N_HEADERS];
    size_t head_bytes;     /* the body starts behind them */
    uint64_t body_bytes;   /* Content-Length; not bounded here */
    bool keeps_alive;      /* always false in HTTP/1.0, whose requests are answered and then closed */
    bool expects_continue; /* the client waits for 100 (Continue) before it sends the body */
    unsigned int status;   /* after a refusal: 400, 411, 414, 417, 431 or 505 */
    const char *reason;    /* after a refusal: in words, without any of the client's bytes; a constant */
};

/* Reads the head at the start of @data. @ret is complete after HTTP_REQUEST only; of the other outcomes it
 * has the members that say so. */
enum http_outcome http_read(const char *data, size_t size, struct http_request *ret);

#endif
