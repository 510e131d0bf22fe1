/* SPDX-License-Identifier: MIT */
/* Writes a JSON document piece by piece: the program's output and files are escaped or encoded
 * while they are written, and never copied in memory.
 *
 * Everything that can fail because of memory happens first. So a document is written completely or
 * not at all, unless the sink fails. */
#ifndef EXRUN_RUNNER_TEXT_JSON_WRITE_H
#define EXRUN_RUNNER_TEXT_JSON_WRITE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "runner/text/json_span.h"
#include "sandbox/plan/job.h"

/* Bytes that are written instead of the empty string @place of a document. They are borrowed. @name: the
 * caller's, who may leave it out. */
struct json_content {
    const json_t *place;
    struct bytes bytes;
    bool as_text; /* as a UTF-8 string; otherwise as base64 */
    size_t at;    /* json_write() stores its offset in the frame here */
    const char *name;
    struct json_span span; /* json_write() stores its place in the whole text here */
};

/* Receives the pieces. @write returns 0, or -errno, which stops the writing. */
struct json_sink {
    int (*write)(void *arg, const char *data, size_t size);
    void *arg;
};

/* Writes @document in compact form, with the @n @contents in their places. They must be in the
 * order of their places in the document. Returns 0, the sink's -errno, or -ENOMEM. */
int json_write(const json_t *document, struct json_content *contents, size_t n, const struct json_sink *sink);

#endif
