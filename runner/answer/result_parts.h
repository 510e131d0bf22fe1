/* SPDX-License-Identifier: MIT */
/* The parts of a written result that can be read for themselves: the program's output and each artifact. */
#ifndef EXRUN_RUNNER_ANSWER_RESULT_PARTS_H
#define EXRUN_RUNNER_ANSWER_RESULT_PARTS_H

#include <stddef.h>
#include <stdint.h>

#include "runner/text/json_write.h"

/* The paths of the program's standard output and its standard error. No artifact has them. */
#define RESULT_PARTS_OUTPUT ""
#define RESULT_PARTS_ERRORS "/"

/* @path: of the artifact, as the program has named it. @bytes: its size. @span: its place in the result. */
struct result_part {
    char *path;
    uint64_t bytes;
    struct json_span span;
};

/* Starts as {0}. Everything is owned. */
struct result_parts {
    struct result_part *items;
    size_t n;
};

/* Notes the contents that have a name, once they are written. Returns 0 or -ENOMEM; the caller must call
 * result_parts_deinit() even then. */
int result_parts_set(struct result_parts *parts, const struct json_content *contents, size_t n);

/* Returns the part with this path, or NULL. */
const struct result_part *result_parts_find(const struct result_parts *parts, const char *path);

/* Returns the memory that they take, in bytes. */
size_t result_parts_memory(const struct result_parts *parts);

void result_parts_deinit(struct result_parts *parts);

#endif
