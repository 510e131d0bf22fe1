/* SPDX-License-Identifier: MIT */
/* Writes answers from two tables: statuses and headers. */
#include "runner/front/http_write.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/utf8.h"

static const struct {
    unsigned int status;
    const char *title;
} statuses[] = {
    {200, "OK"},
    {202, "Accepted"},
    {204, "No Content"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {411, "Length Required"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {503, "Service Unavailable"},
    {505, "HTTP Version Not Supported"},
};

static const char *const names[HTTP_N_ANSWER_HEADERS] = {
    [HTTP_ALLOW_ORIGIN] = "Access-Control-Allow-Origin",
    [HTTP_VARY] = "Vary",
    [HTTP_EXPOSE_HEADERS] = "Access-Control-Expose-Headers",
    [HTTP_ALLOW_METHODS] = "Access-Control-Allow-Methods",
    [HTTP_ALLOW_HEADERS] = "Access-Control-Allow-Headers",
    [HTTP_MAX_AGE] = "Access-Control-Max-Age",
    [HTTP_CACHE_CONTROL] = "Cache-Control",
    [HTTP_ETAG] = "ETag",
    [HTTP_CONTENT_DISPOSITION] = "Content-Disposition",
    [HTTP_CONTENT_SECURITY_POLICY] = "Content-Security-Policy",
    [HTTP_RESOURCE_POLICY] = "Cross-Origin-Resource-Policy",
    [HTTP_REFERRER_POLICY] = "Referrer-Policy",
    [HTTP_ROBOTS] = "X-Robots-Tag",
    [HTTP_ALLOW] = "Allow",
    [HTTP_DATE] = "Date",
    [HTTP_EXRUN_RUN] = "Exrun-Run",
    [HTTP_LOCATION] = "Location",
    [HTTP_PREFERENCE_APPLIED] = "Preference-Applied",
    [HTTP_RETRY_AFTER] = "Retry-After",
    [HTTP_WWW_AUTHENTICATE] = "WWW-Authenticate",
};

/* @r: a failure, after which the rest has no meaning. */
struct writer {
    char *data;
    size_t size, room;
    int r;
};

const char *http_title(unsigned int status)
{
    for (size_t i = 0; i < sizeof(statuses) / sizeof(*statuses); i++)
        if (statuses[i].status == status)
            return statuses[i].title;
    return NULL;
}

static void put(struct writer *writer, const char *data, size_t size)
{
    if (size > writer->room - writer->size) {
        writer->r = -ENOBUFS;
        return;
    }
    memcpy(writer->data + writer->size, data, size);
    writer->size += size;
}

static void put_text(struct writer *writer, const char *text)
{
    put(writer, text, strlen(text));
}

static void put_header(struct writer *writer, const char *name, const char *value)
{
    for (const char *c = value; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f)
            writer->r = -EINVAL;
    put_text(writer, name);
    put_text(writer, ": ");
    put_text(writer, value);
    put_text(writer, "\r\n");
}

ssize_t http_write_head(const struct http_answer *answer, char *ret, size_t room)
{
    struct writer writer = {.data = ret, .room = room};
    const char *title = http_title(answer->status);
    char number[24];

    if (!title)
        return -EINVAL;
    snprintf(number, sizeof(number), "%u", answer->status);
    put_text(&writer, "HTTP/1.1 ");
    put_text(&writer, number);
    put_text(&writer, " ");
    put_text(&writer, title);
    put_text(&writer, "\r\n");
    if (answer->type)
        put_header(&writer, "Content-Type", answer->type);
    /* RFC 9110, section 8.6: 204 must not have it, and in 304 it would be that of the content. */
    if (!answer->is_stream && answer->status != 204 && answer->status != 304) {
        snprintf(number, sizeof(number), "%" PRIu64, answer->type ? answer->content_bytes : 0);
        put_header(&writer, "Content-Length", number);
    }
    if (answer->closes || answer->is_stream)
        put_header(&writer, "Connection", "close");
    /* nginx would wait for more of a stream than there is. */
    if (answer->is_stream)
        put_header(&writer, "X-Accel-Buffering", "no");
    if (!answer->headers[HTTP_CACHE_CONTROL])
        put_header(&writer, "Cache-Control", "no-store");
    put_header(&writer, "X-Content-Type-Options", "nosniff");
    for (size_t i = 0; i < HTTP_N_ANSWER_HEADERS; i++)
        if (answer->headers[i])
            put_header(&writer, names[i], answer->headers[i]);
    put_text(&writer, "\r\n");
    return writer.r < 0 ? writer.r : (ssize_t)writer.size;
}

/* Adds @text as a member, without bytes that are not printable UTF-8. Returns 0 or -ENOMEM. */
static int add_text(json_t *object, const char *name, const char *text)
{
    _cleanup_(freep) char *copy = strdup(text);

    if (!copy)
        return -ENOMEM;
    make_printable(copy);
    return json_object_set_new(object, name, json_string(copy)) < 0 ? -ENOMEM : 0;
}

json_t *http_problem_object(unsigned int status, const struct http_problem *problem)
{
    _cleanup_(json_decrefp) json_t *object =
        json_pack("{ss ss si}", "type", "about:blank", "title", http_title(status), "status", (int)status);

    if (!object || add_text(object, "detail", problem->detail) < 0 ||
        (problem->pointer && add_text(object, "pointer", problem->pointer) < 0) ||
        (problem->reason && add_text(object, "reason", problem->reason) < 0))
        return NULL;
    return steal(object);
}

ssize_t http_write_problem(const struct http_answer *answer, const struct http_problem *problem, char *ret,
                           size_t room)
{
    struct http_answer whole = *answer;
    _cleanup_(json_decrefp) json_t *object = NULL;
    ssize_t head;

    if (!http_title(answer->status))
        return -EINVAL;
    object = http_problem_object(answer->status, problem);
    whole.type = "application/problem+json";
    whole.content_bytes = object ? json_dumpb(object, NULL, 0, JSON_COMPACT) : 0;
    whole.is_stream = false;
    if (whole.content_bytes == 0)
        return -ENOMEM;
    head = http_write_head(&whole, ret, room);
    if (head < 0 || problem->is_head)
        return head;
    if (whole.content_bytes > room - (size_t)head)
        return -ENOBUFS;
    if (json_dumpb(object, ret + head, whole.content_bytes, JSON_COMPACT) != whole.content_bytes)
        return -ENOMEM;
    return head + (ssize_t)whole.content_bytes;
}
