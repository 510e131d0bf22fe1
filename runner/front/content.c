/* SPDX-License-Identifier: MIT */
/* The content of an answer. */
#include "runner/front/content.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "runner/answer/result_lean.h"
#include "sandbox/base/cleanup.h"

struct content *content_new(void)
{
    struct content *content = calloc(1, sizeof(*content));

    if (content)
        content->n_references = 1;
    return content;
}

struct content *content_of_text(char *text /* takes */)
{
    struct content *content = text ? content_new() : NULL;

    if (!content) {
        free(text);
        return NULL;
    }
    content->text = (struct growing){.data = text, .size = strlen(text), .room = strlen(text) + 1};
    return content;
}

struct content *content_lean(const struct content *content)
{
    _cleanup_(content_unrefp) struct content *lean = content_new();

    if (!lean || result_lean(&content->text, &content->parts, &lean->text) < 0)
        return NULL;
    return steal(lean);
}

struct content *content_ref(struct content *content)
{
    content->n_references++;
    return content;
}

void content_unref(struct content *content)
{
    if (!content || --content->n_references > 0)
        return;
    growing_deinit(&content->text);
    result_parts_deinit(&content->parts);
    free(content);
}

void content_unrefp(struct content **content)
{
    content_unref(*content);
}

size_t content_memory(const struct content *content)
{
    return sizeof(*content) + content->text.size + result_parts_memory(&content->parts);
}

static void on_written(const void *data, size_t size, void *arg)
{
    (void)data;
    (void)size;
    content_unref(arg);
}

int content_send(struct content *content, struct evbuffer *output)
{
    if (content->text.size == 0)
        return 0;
    if (evbuffer_add_reference(output, content->text.data, content->text.size, on_written,
                               content_ref(content)) == 0)
        return 0;
    content_unref(content);
    return -ENOMEM;
}
