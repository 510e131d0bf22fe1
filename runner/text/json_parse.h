/* SPDX-License-Identifier: MIT */
/* Makes a document of a text. */
#ifndef EXRUN_RUNNER_TEXT_JSON_PARSE_H
#define EXRUN_RUNNER_TEXT_JSON_PARSE_H

#include "runner/text/json.h"

/* Parses @size bytes; the caller must json_decref() *ret. Fails with line and column if the text is
 * not JSON, or if a key is given twice. */
int json_in_parse(struct json_in *in, const char *text, size_t size, json_t **ret);

/* Watches jansson's allocations, so that a lack of memory is reported as such. A program calls it
 * before it parses anything. A library must not, because it would change the allocator for every
 * user of jansson in the process. */
void json_in_watch_memory(void);

#endif
