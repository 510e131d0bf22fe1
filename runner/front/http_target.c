/* SPDX-License-Identifier: MIT */
/* Checks a target once, so that no later reader has to guess. */
#include "runner/front/http_target.h"

#include <errno.h>
#include <string.h>

/* The characters of a path and a query besides letters, digits and the percent sign (RFC 3986, section 3.3
 * and 3.4). */
#define OF_PATH "-._~!$&'()*+,;=:@/"
#define OF_QUERY OF_PATH "?"

/* No target is longer: a decoded segment has room for a whole head. */
enum { SEGMENT_ROOM = 8192 };

bool http_is_among(char c, const char *others)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c != '\0' && strchr(others, c));
}

/* Returns the value of a hexadecimal digit, or -1. */
static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

int http_decode(struct http_slice text, char *ret, size_t *ret_size)
{
    size_t n = 0;

    for (size_t at = 0; at < text.size; at++) {
        unsigned char c = (unsigned char)text.data[at];

        if (c == '%') {
            int high = at + 2 < text.size ? digit_of(text.data[at + 1]) : -1,
                low = at + 2 < text.size ? digit_of(text.data[at + 2]) : -1;

            if (high < 0 || low < 0)
                return -EINVAL;
            c = (unsigned char)(high * 16 + low);
            at += 2;
        }
        if (c < 0x20 || c == 0x7f)
            return -EINVAL;
        ret[n++] = (char)c;
    }
    *ret_size = n;
    return 0;
}

/* Returns true if @segment, which is decoded, could be taken for other segments. */
static bool is_ambiguous(const char *segment, size_t size)
{
    return memchr(segment, '/', size) || (size == 1 && segment[0] == '.') ||
           (size == 2 && memcmp(segment, "..", 2) == 0);
}

static const char *check_path(struct http_slice path)
{
    char decoded[SEGMENT_ROOM];
    size_t at = 1, size;

    while (at <= path.size) {
        const char *slash = at < path.size ? memchr(path.data + at, '/', path.size - at) : NULL;
        size_t end = slash ? (size_t)(slash - path.data) : path.size;

        if (http_decode((struct http_slice){path.data + at, end - at}, decoded, &size) < 0)
            return "an escape in the path is not valid";
        if (is_ambiguous(decoded, size))
            return "the path has an escaped slash, or the segment . or ..";
        at = end + 1;
    }
    return NULL;
}

const char *http_target_split(struct http_slice text, struct http_target *ret)
{
    const char *mark = memchr(text.data, '?', text.size), *reason;
    size_t path_size = mark ? (size_t)(mark - text.data) : text.size;
    struct http_target target = {.path = {text.data, path_size}};
    char decoded[SEGMENT_ROOM];
    size_t size;

    if (text.size == 0 || text.data[0] != '/')
        return "the target must be a path that starts with a slash";
    if (text.size > SEGMENT_ROOM)
        return "the target is too long";
    for (size_t i = 0; i < text.size; i++)
        if (!http_is_among(text.data[i], OF_QUERY "%"))
            return "the target has a character that must be percent-encoded";
    reason = check_path(target.path);
    if (reason)
        return reason;
    if (mark)
        target.query = (struct http_slice){mark + 1, text.size - path_size - 1};
    if (mark && http_decode(target.query, decoded, &size) < 0)
        return "an escape in the query is not valid";
    *ret = target;
    return NULL;
}
