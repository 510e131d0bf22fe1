/* SPDX-License-Identifier: MIT */
/* Reads a content back out of the document that json_write() has written, without reading the rest of it. */
#ifndef EXRUN_RUNNER_TEXT_JSON_SPAN_H
#define EXRUN_RUNNER_TEXT_JSON_SPAN_H

#include <stdbool.h>
#include <stddef.h>

/* The place of a content in the document, without its quotes. */
struct json_span {
    size_t at, size;
    bool as_text; /* escaped; otherwise base64 */
};

/* The least room for json_span_read(). */
enum { JSON_SPAN_LEAST = 4 };

/* Decodes the first bytes of @span, as many as there is room for, and takes them off. Returns their number;
 * 0: nothing is left. */
size_t json_span_read(struct json_span *span, const char *document, char *ret, size_t room);

#endif
