/* SPDX-License-Identifier: MIT */
/* A result without what its reader has had before. */
#include "runner/answer/result_lean.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "sandbox/base/cleanup.h"

/* Appends the text with empty parts, which can be large. */
static int copy_frame(const struct growing *text, const struct result_parts *parts, struct growing *ret)
{
    size_t at = 0;
    int r = 0;

    for (size_t i = 0; i < parts->n && r == 0; i++) {
        const struct json_span *span = &parts->items[i].span;

        r = growing_add(ret, text->data + at, span->at - at);
        at = span->at + span->size;
    }
    return r < 0 ? r : growing_add(ret, text->data + at, text->size - at);
}

static void remove_members(json_t *object, const char *const *names)
{
    for (; *names; names++)
        json_object_del(object, *names);
}

static int add(const char *text, size_t size, void *arg)
{
    return growing_add(arg, text, size);
}

int result_lean(const struct growing *text, const struct result_parts *parts, struct growing *ret)
{
    static const char *const of_run[] = {"stdout", "stderr", "encoding", NULL};
    static const char *const of_artifact[] = {"encoding", "content", NULL};
    _cleanup_(growing_deinit) struct growing frame = {.data = NULL};
    _cleanup_(json_decrefp) json_t *object = NULL;
    const json_t *artifacts;

    if (copy_frame(text, parts, &frame) < 0)
        return -ENOMEM;
    object = json_loadb(frame.data, frame.size, JSON_ALLOW_NUL, NULL);
    if (!object)
        return -ENOMEM;
    remove_members(object, of_run);
    artifacts = json_object_get(object, "artifacts");
    for (size_t i = 0; i < json_array_size(artifacts); i++)
        remove_members(json_array_get(artifacts, i), of_artifact);
    return json_dump_callback(object, add, ret, JSON_COMPACT) < 0 ? -ENOMEM : 0;
}
