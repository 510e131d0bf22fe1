/* SPDX-License-Identifier: MIT */
/* The media types of artifacts. */
#include "runner/front/resource_type.h"

#include <stddef.h>
#include <string.h>

/* Formats that a browser shows without a plugin, and that stay what they are under the policy of
 * route_resource.c. XML is left out, because it can name a style sheet that makes it any other document; so
 * are scripts and style sheets, which other pages could load. */
static const struct {
    const char *ending, *type;
} types[] = {
    {"png", "image/png"},
    {"jpg", "image/jpeg"},
    {"jpeg", "image/jpeg"},
    {"gif", "image/gif"},
    {"webp", "image/webp"},
    {"svg", "image/svg+xml"},
    {"html", "text/html; charset=utf-8"},
    {"htm", "text/html; charset=utf-8"},
    {"txt", "text/plain; charset=utf-8"},
    {"log", "text/plain; charset=utf-8"},
    {"md", "text/markdown; charset=utf-8"},
    {"csv", "text/csv; charset=utf-8"},
    {"json", "application/json"},
};

const char *resource_type_of(const char *path)
{
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');

    for (size_t i = 0; dot && i < sizeof(types) / sizeof(*types); i++)
        if (strcasecmp(dot + 1, types[i].ending) == 0)
            return types[i].type;
    return NULL;
}
