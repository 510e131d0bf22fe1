/* SPDX-License-Identifier: MIT */
/* The version of a language's program. */
#include "sandbox/plan/version_text.h"

#include <string.h>

bool version_text_is_fine(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (text[i] < ' ' || text[i] > '~')
            return false;
    return size > 0 && size <= VERSION_TEXT_MOST;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool version_text_take(const struct bytes *output, char ret[VERSION_TEXT_ROOM])
{
    const char *text = output->data;
    size_t from = 0, to;

    *ret = '\0';
    while (from < output->size && is_blank(text[from]))
        from++;
    for (to = from; to < output->size && text[to] != '\n';)
        to++;
    while (to > from && is_blank(text[to - 1]))
        to--;
    if (!version_text_is_fine(text + from, to - from))
        return false;
    memcpy(ret, text + from, to - from);
    ret[to - from] = '\0';
    return true;
}
