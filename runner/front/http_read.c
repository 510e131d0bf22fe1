/* SPDX-License-Identifier: MIT */
/* Reads line by line, and each line from left to right, and stops at the first fault. So the outcome does not
 * depend on bytes that have not arrived. */
#include "runner/front/http_read.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

/* The characters of a token besides letters and digits (RFC 9110, section 5.6.2). */
#define OF_TOKEN "!#$%&'*+-.^_`|~"
/* Those of a host and a port; an address of IPv6 is in brackets (RFC 3986, section 3.2.2). */
#define OF_HOST "-._~:[]"

/* @size: bytes that may be read. @at: start of the next line. */
struct reader {
    const char *data;
    size_t size, at;
    size_t n_headers;
    bool is_closing;
    struct http_request *request;
};

static const struct {
    const char *name;
    bool has_body;
} methods[] = {
    [HTTP_GET] = {"GET", false},       [HTTP_HEAD] = {"HEAD", false},       [HTTP_POST] = {"POST", true},
    [HTTP_DELETE] = {"DELETE", false}, [HTTP_OPTIONS] = {"OPTIONS", false},
};

static int refuse(struct reader *reader, unsigned int status, const char *reason)
{
    reader->request->status = status;
    reader->request->reason = reason;
    return -EINVAL;
}

static bool is_control(char c)
{
    return ((unsigned char)c < 0x20 && c != '\t') || c == 0x7f;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word(struct http_slice text, const char *word)
{
    return text.size == strlen(word) && strncasecmp(text.data, word, text.size) == 0;
}

/* Returns how many bytes at the start of @text are letters, digits or in @others. */
static size_t span(struct http_slice text, const char *others)
{
    size_t n = 0;

    while (n < text.size && http_is_among(text.data[n], others))
        n++;
    return n;
}

/* Stores the next line, without its end. Returns 0, -EAGAIN if it is not complete, or -EINVAL. */
static int next_line(struct reader *reader, struct http_slice *ret)
{
    size_t start = reader->at;

    for (size_t at = start; at < reader->size; at++) {
        char c = reader->data[at];
        bool is_after_cr = at > start && reader->data[at - 1] == '\r';

        if (c == '\n' && is_after_cr) {
            *ret = (struct http_slice){reader->data + start, at - 1 - start};
            reader->at = at + 1;
            return 0;
        }
        if (c == '\n' || is_after_cr)
            return refuse(reader, 400, "each line of the head must end with CR and LF");
        if (is_control(c) && c != '\r')
            return refuse(reader, 400, "the head has a control character");
    }
    return -EAGAIN;
}

/* Reads "HTTP/1.0" or "HTTP/1.1" (RFC 9112, section 2.3). If a client sends a higher minor version, it is
 * refused as well, because no such version exists, although RFC 9110, section 2.5, allows to read it as 1.1.
 */
static int read_version(struct reader *reader, struct http_slice text)
{
    if (text.size != 8 || memcmp(text.data, "HTTP/", 5) != 0 || !is_digit(text.data[5]) ||
        text.data[6] != '.' || !is_digit(text.data[7]))
        return refuse(reader, 400, "the request line must be a method, a target and a version");
    if (text.data[5] != '1' || text.data[7] > '1')
        return refuse(reader, 505, "the version of HTTP must be 1.0 or 1.1");
    reader->request->minor = (unsigned int)(text.data[7] - '0');
    return 0;
}

/* Reads the request line (RFC 9112, section 3), with exactly one space between its parts. */
static int read_request_line(struct reader *reader, struct http_slice line)
{
    struct http_request *request = reader->request;
    size_t size = span(line, OF_TOKEN);
    const char *target = line.data + size + 1, *space;
    const char *reason;
    int r;

    if (size == 0 || size == line.size || line.data[size] != ' ')
        return refuse(reader, 400, "the request line must be a method, a target and a version");
    for (size_t i = HTTP_OTHER + 1; i < sizeof(methods) / sizeof(*methods); i++)
        if (size == strlen(methods[i].name) && memcmp(line.data, methods[i].name, size) == 0)
            request->method = (enum http_method)i;
    line = (struct http_slice){target, line.size - size - 1};
    space = memchr(target, ' ', line.size);
    if (!space)
        return refuse(reader, 400, "the request line must be a method, a target and a version");
    size = (size_t)(space - target);
    r = read_version(reader, (struct http_slice){space + 1, line.size - size - 1});
    if (r < 0)
        return r;
    reason = http_target_split((struct http_slice){target, size}, &request->target);
    return reason ? refuse(reader, 400, reason) : 0;
}

/* Only digits, and one value (RFC 9112, section 6.3), because readers that accept more disagree about it. A
 * length that nginx's signed type can't hold is refused for the same reason. */
static int read_length(struct reader *reader, struct http_slice value)
{
    int64_t length = 0;

    for (size_t i = 0; i < value.size; i++)
        if (!is_digit(value.data[i]) || __builtin_mul_overflow(length, 10, &length) ||
            __builtin_add_overflow(length, value.data[i] - '0', &length))
            return refuse(reader, 400, "Content-Length is not a number of bytes");
    if (value.size == 0)
        return refuse(reader, 400, "Content-Length is not a number of bytes");
    reader->request->body_bytes = (uint64_t)length;
    return 0;
}

static int read_coding(struct reader *reader, struct http_slice value)
{
    (void)value;
    return refuse(reader, 411, "a body needs a Content-Length, and must not have a Transfer-Encoding");
}

static int read_host(struct reader *reader, struct http_slice value)
{
    bool is_host = value.size > 0 && value.data[0] != ':' && span(value, OF_HOST) == value.size;

    /* nginx refuses two dots. */
    if (!is_host || memmem(value.data, value.size, "..", 2))
        return refuse(reader, 400, "Host is not a host and a port");
    return 0;
}

static int read_expect(struct reader *reader, struct http_slice value)
{
    if (!is_word(value, "100-continue"))
        return refuse(reader, 417, "the only expectation that can be met is 100-continue");
    reader->request->expects_continue = true;
    return 0;
}

/* Reads a list of tokens, some of which can be empty (RFC 9110, section 5.6.1.2). Options other than "close"
 * have no effect, not even "keep-alive", because HTTP/1.1 doesn't need it. */
static int read_connection(struct reader *reader, struct http_slice value)
{
    while (value.size > 0) {
        size_t size = span(value, OF_TOKEN);

        if (is_word((struct http_slice){value.data, size}, "close"))
            reader->is_closing = true;
        while (size < value.size && value.data[size] == ' ')
            size++;
        if (size < value.size && value.data[size] != ',')
            return refuse(reader, 400, "Connection is not a list of options");
        while (size < value.size && (value.data[size] == ',' || value.data[size] == ' '))
            size++;
        value = (struct http_slice){value.data + size, value.size - size};
    }
    return 0;
}

static const struct {
    const char *name;
    int (*read)(struct reader *reader, struct http_slice value);
} known[HTTP_N_HEADERS] = {
    [HTTP_ACCEPT] = {"Accept", NULL},
    [HTTP_AUTHORIZATION] = {"Authorization", NULL},
    [HTTP_CONNECTION] = {"Connection", read_connection},
    [HTTP_CONTENT_ENCODING] = {"Content-Encoding", NULL},
    [HTTP_CONTENT_LENGTH] = {"Content-Length", read_length},
    [HTTP_CONTENT_TYPE] = {"Content-Type", NULL},
    [HTTP_EXPECT] = {"Expect", read_expect},
    [HTTP_EXRUN_CELL] = {"Exrun-Cell", NULL},
    [HTTP_EXRUN_CLIENT] = {"Exrun-Client", NULL},
    [HTTP_HOST] = {"Host", read_host},
    [HTTP_IF_NONE_MATCH] = {"If-None-Match", NULL},
    [HTTP_LAST_EVENT_ID] = {"Last-Event-ID", NULL},
    [HTTP_ORIGIN] = {"Origin", NULL},
    [HTTP_PREFER] = {"Prefer", NULL},
    [HTTP_TRANSFER_ENCODING] = {"Transfer-Encoding", read_coding},
};

/* Reads the value of a header that is in the table. */
static int read_known(struct reader *reader, size_t header, struct http_slice value)
{
    struct http_slice *kept = &reader->request->headers[header];

    if (kept->data && header != HTTP_CONNECTION)
        return refuse(reader, 400, "a header that can be given once is repeated");
    for (size_t i = 0; i < value.size; i++)
        if (value.data[i] < ' ' || value.data[i] > '~')
            return refuse(reader, 400, "the value of a header has a tab or is not ASCII");
    *kept = value;
    return known[header].read ? known[header].read(reader, value) : 0;
}

/* Reads a header line (RFC 9112, section 5). Values of headers that are not in the table can have any bytes
 * except controls. */
static int read_header(struct reader *reader, struct http_slice line)
{
    struct http_slice name = {line.data, span(line, OF_TOKEN)}, value;

    if (++reader->n_headers > HTTP_MOST_HEADERS)
        return refuse(reader, 431, "the request has too many headers");
    if (line.data[0] == ' ' || line.data[0] == '\t')
        return refuse(reader, 400, "a header must not be folded into several lines");
    if (name.size == 0 || name.size == line.size || line.data[name.size] != ':')
        return refuse(reader, 400, "a header must be a name, a colon and a value");
    value = (struct http_slice){line.data + name.size + 1, line.size - name.size - 1};
    while (value.size > 0 && value.data[value.size - 1] == ' ')
        value.size--;
    while (value.size > 0 && value.data[0] == ' ')
        value = (struct http_slice){value.data + 1, value.size - 1};
    for (size_t i = 0; i < HTTP_N_HEADERS; i++)
        if (is_word(name, known[i].name))
            return read_known(reader, i, value);
    return 0;
}

/* Checks the whole head after its empty line. */
static int finish(struct reader *reader)
{
    struct http_request *request = reader->request;

    if (request->minor == 1 && !request->headers[HTTP_HOST].data)
        return refuse(reader, 400, "a request of HTTP/1.1 must have a Host");
    if (methods[request->method].has_body && !request->headers[HTTP_CONTENT_LENGTH].data)
        return refuse(reader, 411, "the request needs a Content-Length");
    if (request->method != HTTP_OTHER && !methods[request->method].has_body && request->body_bytes > 0)
        return refuse(reader, 400, "a request with this method must not have a body");
    request->head_bytes = reader->at;
    request->keeps_alive = request->minor == 1 && !reader->is_closing;
    /* RFC 9110, section 10.1.1: a server ignores it in HTTP/1.0, and if there is no body. */
    request->expects_continue &= request->minor == 1 && request->body_bytes > 0;
    return 0;
}

/* Returns 0 for a request, -EAGAIN or -EINVAL. */
static int read_head(struct reader *reader)
{
    struct http_slice line;
    int r = next_line(reader, &line);

    if (r == 0 && line.size == 0)
        r = next_line(reader, &line);
    if (r == -EAGAIN && reader->size == HTTP_HEAD_BYTES)
        return refuse(reader, 414, "the request line is too long");
    if (r == 0)
        r = read_request_line(reader, line);
    while (r == 0) {
        r = next_line(reader, &line);
        if (r == -EAGAIN && reader->size == HTTP_HEAD_BYTES)
            return refuse(reader, 431, "the head is too long");
        if (r == 0 && line.size == 0)
            return finish(reader);
        if (r == 0)
            r = read_header(reader, line);
    }
    return r;
}

enum http_outcome http_read(const char *data, size_t size, struct http_request *ret)
{
    struct reader reader = {
        .data = data, .size = size < HTTP_HEAD_BYTES ? size : HTTP_HEAD_BYTES, .request = ret};
    int r;

    *ret = (struct http_request){.method = HTTP_OTHER};
    r = read_head(&reader);
    if (r == -EAGAIN)
        return HTTP_NEED_MORE;
    return r == 0 ? HTTP_REQUEST : HTTP_REFUSED;
}
