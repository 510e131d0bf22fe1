/* SPDX-License-Identifier: MIT */
/* Estimates how much it would cost to read a text, before it is read.
 *
 * A parser makes an object of about 200 bytes for each "{}", so a request of the largest size that
 * contains nothing else would take gigabytes. Values and levels are therefore counted first, in one
 * pass that allocates nothing. The count need not be exact if a text is not JSON, because the
 * parser refuses it. */
#include <string.h>

#include "runner/text/json.h"
#include "runner/text/json_bounds.h"

/* Returns the position after the string. @at is the position after its opening quote. */
static size_t skip_string(const char *text, size_t size, size_t at)
{
    while (at < size && text[at] != '"')
        at += text[at] == '\\' ? 2 : 1;
    return at + 1;
}

enum json_bound json_bounds(const char *text, size_t size, size_t *ret_position, size_t *ret_values)
{
    static const char mark[] = "\xef\xbb\xbf";
    size_t levels = 0, values = 1, at = 0;

    *ret_position = 0;
    *ret_values = 0;
    if (size >= sizeof(mark) - 1 && memcmp(text, mark, sizeof(mark) - 1) == 0)
        return JSON_MARKED;
    while (at < size && text[at] && strchr(" \t\r\n", text[at]))
        at++;
    *ret_position = at;
    if (at >= size)
        return size == 0 ? JSON_EMPTY : JSON_BLANK;
    while (at < size) {
        char c = text[at++];

        *ret_position = at - 1;
        if (c == '"')
            at = skip_string(text, size, at);
        else if (c == '{' || c == '[')
            levels++, values++;
        else if (c == '}' || c == ']')
            levels -= levels > 0;
        else if (c == ',')
            values++;
        if (levels > JSON_MOST_LEVELS)
            return JSON_TOO_DEEP;
        if (values > JSON_MOST_VALUES)
            return JSON_TOO_MANY;
    }
    *ret_values = values;
    return JSON_WITHIN;
}
