/* SPDX-License-Identifier: MIT */
/* Reads bytes of any kind: text, or base64. */
#ifndef EXRUN_RUNNER_TEXT_JSON_CONTENT_H
#define EXRUN_RUNNER_TEXT_JSON_CONTENT_H

#include "runner/text/json.h"

/* Content with the encoding that is given beside it. */
struct json_in_content {
    bool is_base64;
    struct bytes *bytes;
};

/* Read the members "encoding" and "content" of an object. @target: a struct json_in_content, or begins with
 * one. The caller owns the bytes. */
int json_in_content_encoding(struct json_in *in, const json_t *value, void *target);
int json_in_content_text(struct json_in *in, const json_t *value, void *target);

/* Reads a string, or {"encoding": ..., "content": ...}. The caller owns *bytes. */
int json_in_content(struct json_in *in, const json_t *value, struct bytes *bytes);

#endif
