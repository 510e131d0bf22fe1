/* SPDX-License-Identifier: MIT */
/* The parts of a written result. */
#include "runner/answer/result_parts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define NODE_BYTES 16 /* of malloc, for each path */

int result_parts_set(struct result_parts *parts, const struct json_content *contents, size_t n)
{
    size_t n_named = 0;

    for (size_t i = 0; i < n; i++)
        n_named += contents[i].name != NULL;
    if (n_named == 0)
        return 0;
    parts->items = calloc(n_named, sizeof(*parts->items));
    if (!parts->items)
        return -ENOMEM;
    for (size_t i = 0; i < n; i++) {
        struct result_part *part = &parts->items[parts->n];

        if (!contents[i].name)
            continue;
        *part = (struct result_part){strdup(contents[i].name), contents[i].bytes.size, contents[i].span};
        if (!part->path)
            return -ENOMEM;
        parts->n++;
    }
    return 0;
}

const struct result_part *result_parts_find(const struct result_parts *parts, const char *path)
{
    for (size_t i = 0; i < parts->n; i++)
        if (strcmp(parts->items[i].path, path) == 0)
            return &parts->items[i];
    return NULL;
}

size_t result_parts_memory(const struct result_parts *parts)
{
    size_t bytes = parts->n * (sizeof(*parts->items) + NODE_BYTES);

    for (size_t i = 0; i < parts->n; i++)
        bytes += strlen(parts->items[i].path) + 1;
    return bytes;
}

void result_parts_deinit(struct result_parts *parts)
{
    for (size_t i = 0; i < parts->n; i++)
        free(parts->items[i].path);
    free(parts->items);
    *parts = (struct result_parts){0};
}
