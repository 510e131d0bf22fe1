/* SPDX-License-Identifier: MIT */
/* Reads arbitrary bytes as the head of a request, whole and byte by byte. The outcome must be the same, and
 * an accepted head must pass a second check, which is done in a different way. */
#include <string.h>
#include <strings.h>

#include "fuzz.h"
#include "runner/front/http_read.h"
#include "runner/front/http_write.h"

/* The bytes after which the head has an outcome are read one by one up to here, because the time is
 * quadratic; larger heads are only cut at their last bytes. */
enum { ONE_BY_ONE = 384, LAST = 64 };

/* Reads from a copy of exactly @size bytes, so the sanitizer detects if one byte too many is read. Stores no
 * slices of it, but their places in @data. */
static enum http_outcome read_copy(const uint8_t *data, size_t size, struct http_request *ret)
{
    char *copy = malloc(size ? size : 1);
    enum http_outcome outcome;

    PROMISE(copy);
    memcpy(copy, data, size);
    outcome = http_read(copy, size, ret);
    for (size_t i = 0; i < HTTP_N_HEADERS + 2; i++) {
        struct http_slice *slice = i < HTTP_N_HEADERS    ? &ret->headers[i]
                                   : i == HTTP_N_HEADERS ? &ret->target.path
                                                         : &ret->target.query;

        if (!slice->data)
            continue;
        PROMISE(slice->data > copy && slice->data + slice->size < copy + size);
        slice->data = (const char *)data + (slice->data - copy);
    }
    free(copy);
    return outcome;
}

static bool is_same(const struct http_request *one, const struct http_request *other)
{
    return one->method == other->method && one->minor == other->minor && one->status == other->status &&
           one->reason == other->reason && one->head_bytes == other->head_bytes &&
           one->body_bytes == other->body_bytes && one->keeps_alive == other->keeps_alive &&
           one->expects_continue == other->expects_continue &&
           memcmp(one->headers, other->headers, sizeof(one->headers)) == 0 &&
           memcmp(&one->target, &other->target, sizeof(one->target)) == 0;
}

/* Finds the outcome once more. @size: number of bytes. */
static void check_pieces(const uint8_t *data, size_t size, enum http_outcome expected,
                         const struct http_request *request)
{
    size_t used = expected == HTTP_REQUEST ? request->head_bytes
                  : size < HTTP_HEAD_BYTES ? size
                                           : HTTP_HEAD_BYTES;
    struct http_request other;
    enum http_outcome outcome = HTTP_NEED_MORE;

    for (size_t n = used > ONE_BY_ONE ? used - LAST : 0; n <= used && outcome == HTTP_NEED_MORE; n++) {
        outcome = read_copy(data, n, &other);
        PROMISE(outcome != HTTP_REQUEST || n == other.head_bytes);
    }
    PROMISE(outcome == expected);
    if (outcome != HTTP_NEED_MORE)
        PROMISE(is_same(&other, request));
}

static bool starts_with(const char *line, const char *name)
{
    return strncasecmp(line, name, strlen(name)) == 0;
}

/* Checks the rules that smuggling would break, on a copy with lines that end with NUL. */
static void check_lines(const struct http_request *request, char *head)
{
    size_t n_lengths = 0, n_hosts = 0, n_lines = 0;
    char *end;

    for (char *line = head; *line; line = end + 2) {
        end = strstr(line, "\r\n");
        PROMISE(end && !memchr(line, '\n', (size_t)(end - line)) &&
                !memchr(line, '\r', (size_t)(end - line)));
        PROMISE(end > line || n_lines == 0 || end[2] == '\0');
        n_lines += end > line;
        n_lengths += starts_with(line, "Content-Length:");
        n_hosts += starts_with(line, "Host:");
        PROMISE(!starts_with(line, "Transfer-Encoding:"));
        PROMISE(*line != ' ' && *line != '\t');
    }
    PROMISE(n_lines >= 1 && n_lines <= HTTP_MOST_HEADERS + 1);
    PROMISE(n_hosts == 1 || (n_hosts == 0 && request->minor == 0));
    PROMISE(n_lengths == 1 || (n_lengths == 0 && request->body_bytes == 0 && request->method != HTTP_POST));
    PROMISE(request->method == HTTP_POST || request->method == HTTP_OTHER || request->body_bytes == 0);
}

static void check_request(const uint8_t *data, const struct http_request *request)
{
    char *head = strndup((const char *)data, request->head_bytes), *decoded = malloc(HTTP_HEAD_BYTES);
    size_t size;

    PROMISE(head && decoded);
    PROMISE(strlen(head) == request->head_bytes && request->head_bytes <= HTTP_HEAD_BYTES);
    check_lines(request, head);
    PROMISE(request->target.path.size > 0 && request->target.path.data[0] == '/');
    PROMISE(http_decode(request->target.path, decoded, &size) == 0);
    PROMISE(size <= request->target.path.size);
    PROMISE(http_decode(request->target.query, decoded, &size) == 0);
    free(head);
    free(decoded);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct http_request request;
    enum http_outcome outcome = read_copy(data, size, &request);

    check_pieces(data, size, outcome, &request);
    if (outcome == HTTP_REQUEST)
        check_request(data, &request);
    if (outcome == HTTP_REFUSED)
        PROMISE(request.reason && http_title(request.status));
    if (outcome == HTTP_NEED_MORE)
        PROMISE(size < HTTP_HEAD_BYTES);
    return 0;
}
