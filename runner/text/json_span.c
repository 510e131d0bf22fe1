/* SPDX-License-Identifier: MIT */
/* Reads a content back out of a document. */
#include "runner/text/json_span.h"

#include <nettle/base64.h>
#include <stdint.h>
#include <string.h>

static void skip(struct json_span *span, size_t size)
{
    span->at += size;
    span->size -= size;
}

static unsigned int digit_of(char c)
{
    return (unsigned int)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
}

/* Takes an escape, of the kinds that json_write() writes, and returns its character. */
static char read_escape(struct json_span *span, const char *escape)
{
    static const char letters[] = "btnfr", values[] = "\b\t\n\f\r";
    const char *letter = strchr(letters, escape[1]);

    if (escape[1] == 'u') {
        skip(span, 6);
        return (char)(digit_of(escape[4]) * 16 + digit_of(escape[5]));
    }
    skip(span, 2);
    if (letter)
        return values[letter - letters];
    return escape[1];
}

static size_t read_text(struct json_span *span, const char *document, char *ret, size_t room)
{
    size_t n = 0;

    while (span->size > 0 && n < room) {
        const char *text = document + span->at;
        size_t most = span->size < room - n ? span->size : room - n;
        const char *escape = memchr(text, '\\', most);
        size_t plain = escape ? (size_t)(escape - text) : most;

        memcpy(ret + n, text, plain);
        skip(span, plain);
        n += plain;
        if (escape && n < room)
            ret[n++] = read_escape(span, escape);
    }
    return n;
}

static size_t read_base64(struct json_span *span, const char *document, char *ret, size_t room)
{
    size_t most = room / 3 * 4, size = span->size < most ? span->size : most, n;
    struct base64_decode_ctx decoding;

    base64_decode_init(&decoding);
    if (!base64_decode_update(&decoding, &n, (uint8_t *)ret, size, document + span->at))
        n = 0; /* json_write() has written it, so this does not happen */
    skip(span, size);
    return n;
}

size_t json_span_read(struct json_span *span, const char *document, char *ret, size_t room)
{
    return span->as_text ? read_text(span, document, ret, room) : read_base64(span, document, ret, room);
}
