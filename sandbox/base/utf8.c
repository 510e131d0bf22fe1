/* SPDX-License-Identifier: MIT */
/* Cleans text for terminals and logs, because a sentence quotes names from a request, and can cut
 * them. */
#include "sandbox/base/utf8.h"

#include <stdint.h>

/* The well-formed sequences: The Unicode Standard, table 3-7, without the controls U+0000 to U+001F
 * and U+007F to U+009F. After the first byte, only the second one has bounds that depend on the
 * first. */
static const struct {
    unsigned char first, last, second_least, second_most;
    size_t length;
} sequences[] = {
    {0x20, 0x7e, 0x00, 0x00, 1}, {0xc2, 0xc2, 0xa0, 0xbf, 2}, {0xc3, 0xdf, 0x80, 0xbf, 2},
    {0xe0, 0xe0, 0xa0, 0xbf, 3}, {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3},
    {0xee, 0xef, 0x80, 0xbf, 3}, {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4},
    {0xf4, 0xf4, 0x80, 0x8f, 4},
};

/* Returns true if the other bytes of the sequence follow. The NUL at the end of a string is not part of any
 * sequence, so this never reads past it. */
static bool has_rest(const unsigned char *text, size_t row)
{
    for (size_t i = 1; i < sequences[row].length; i++) {
        unsigned char least = i == 1 ? sequences[row].second_least : 0x80,
                      most = i == 1 ? sequences[row].second_most : 0xbf;

        if (text[i] < least || text[i] > most)
            return false;
    }
    return true;
}

/* Returns the length of the character at @text, which has at most @room bytes, or 0 if it is not a valid,
 * printable one. */
static size_t character(const unsigned char *text, size_t room)
{
    for (size_t row = 0; row < sizeof(sequences) / sizeof(*sequences); row++)
        if (*text >= sequences[row].first && *text <= sequences[row].last && sequences[row].length <= room &&
            has_rest(text, row))
            return sequences[row].length;
    return 0;
}

void make_printable(char *text)
{
    while (*text) {
        size_t length = character((const unsigned char *)text, SIZE_MAX);

        if (length == 0)
            *text = '?';
        text += length ? length : 1;
    }
}

bool is_utf8(const char *text, size_t size)
{
    const unsigned char *bytes = (const unsigned char *)text;

    for (size_t at = 0; at < size;) {
        bool is_control =
            bytes[at] == 0xc2 && at + 1 < size && bytes[at + 1] >= 0x80 && bytes[at + 1] <= 0x9f;
        size_t length = bytes[at] < 0x80 ? 1 : is_control ? 2 : character(bytes + at, size - at);

        if (length == 0)
            return false;
        at += length;
    }
    return true;
}
