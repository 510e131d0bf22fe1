/* SPDX-License-Identifier: MIT */
/* The content of an answer. */
#include "runner/front/content.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define LEAST_ROOM 2048 /* the answer to a small program */

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
    content->data = text;
    content->size = strlen(text);
    content->room = content->size + 1;
    return content;
}

int content_add(struct content *content, const char *data, size_t size)
{
    if (size > content->room - content->size) {
        size_t room = content->room > 0 ? content->room : LEAST_ROOM;
        char *grown;

        while (room - content->size < size) {
            if (room > SIZE_MAX / 2)
                return -ENOMEM;
            room *= 2; /* pages that are never written take no memory, and mremap(2) moves large ones */
        }
        grown = realloc(content->data, room);
        if (!grown)
            return -ENOMEM;
        content->data = grown;
        content->room = room;
    }
    memcpy(content->data + content->size, data, size);
    content->size += size;
    return 0;
}

void content_fit(struct content *content)
{
    char *data = content->size > 0 ? realloc(content->data, content->size) : NULL;

    if (!data)
        return;
    content->data = data;
    content->room = content->size;
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
    free(content->data);
    free(content);
}

void content_unrefp(struct content **content)
{
    content_unref(*content);
}

static void on_written(const void *data, size_t size, void *arg)
{
    (void)data;
    (void)size;
    content_unref(arg);
}

int content_send(struct content *content, struct evbuffer *output)
{
    if (content->size == 0)
        return 0;
    if (evbuffer_add_reference(output, content->data, content->size, on_written, content_ref(content)) == 0)
        return 0;
    content_unref(content);
    return -ENOMEM;
}
