/* SPDX-License-Identifier: MIT */
/* Chooses text or base64. */
#include "runner/text/encoding.h"

#include "sandbox/base/utf8.h"

/* Returns how many bytes JSON adds to @c. */
static size_t escape_size(unsigned char c)
{
    switch (c) {
    case '\b':
    case '\f':
    case '\n':
    case '\r':
    case '\t':
    case '"':
    case '\\':
        return 1;
    default:
        return c < 0x20 ? 5 : 0;
    }
}

static bool is_doubled(const struct bytes *bytes)
{
    size_t added = 0;

    for (size_t i = 0; i < bytes->size; i++)
        added += escape_size((unsigned char)bytes->data[i]);
    return added > bytes->size;
}

bool encoding_is_text(const struct bytes *bytes)
{
    return !bytes->data || (is_utf8(bytes->data, bytes->size) && !is_doubled(bytes));
}

struct bytes encoding_whole_characters(const struct bytes *bytes)
{
    struct bytes shorter = *bytes;

    if (!bytes->data || is_utf8(bytes->data, bytes->size))
        return *bytes;
    for (int cut = 1; cut <= 3 && shorter.size > 0; cut++) {
        unsigned char first = (unsigned char)shorter.data[--shorter.size];

        /* The first byte of a character of several bytes (The Unicode Standard, table 3-7). */
        if (first >= 0xc2 && first <= 0xf4 && is_utf8(shorter.data, shorter.size))
            return shorter;
    }
    return *bytes;
}
