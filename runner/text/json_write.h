/* SPDX-License-Identifier: MIT */
/* Writes a JSON document piece by piece: what a program printed and wrote is escaped or encoded on its way
 * out, and is never in memory a second time.
 *
 * All that can fail for memory comes first, so a document is written whole, or not at all, unless the sink
 * fails. */
#ifndef EXRUN_RUNNER_TEXT_JSON_WRITE_H
#define EXRUN_RUNNER_TEXT_JSON_WRITE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "sandbox/plan/job.h"

/* Bytes that are written in the place of the empty string @place of a document. They are borrowed. */
struct json_content {
    const json_t *place;
    struct bytes bytes;
    bool as_text; /* as a string of UTF-8; else as base64 */
    size_t at;    /* json_write() keeps its offset here */
};

/* Where the pieces go. @write returns 0, or -errno, which ends the writing. */
struct json_sink {
    int (*write)(void *arg, const char *data, size_t size);
    void *arg;
};

/* Writes @document in compact form, with the @n @contents in their places, in the order in which these follow
 * each other in the document. Returns 0, the sink's -errno, or -ENOMEM. */
int json_write(const json_t *document, struct json_content *contents, size_t n, const struct json_sink *sink);

#endif
