/* SPDX-License-Identifier: MIT */
/* How much a text would cost to read, told before it is read.
 *
 * A parser makes an object of some 200 bytes of each "{}": a request of the largest size that holds nothing
 * else would take gigabytes. So values and levels are counted first, in one pass that allocates nothing. The
 * count need not be exact for a text that is no JSON: the parser refuses that one. */
#include <string.h>

#include "runner/text/json.h"
#include "runner/text/json_bounds.h"

/* Behind the string that begins at @at, behind its opening quote. */
static size_t skip_string(const char *text, size_t size, size_t at)
{
    while (at < size && text[at] != '"')
        at += text[at] == '\\' ? 2 : 1;
    return at + 1;
}

enum json_bound json_bounds(const char *text, size_t size, size_t *ret_position)
{
    static const char mark[] = "\xef\xbb\xbf";
    size_t levels = 0, values = 1, at = 0;

    *ret_position = 0;
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
    return JSON_WITHIN;
}
