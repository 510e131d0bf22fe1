/* SPDX-License-Identifier: MIT */
/* Writes the heads of answers in HTTP/1.1 (RFC 9112), and problems as application/problem+json (RFC 9457).
 *
 * Pure functions into the caller's buffer. No header can be split into two (CWE-113): a value with a control
 * character is an error. After an error, the buffer must not be sent. */
#ifndef EXRUN_RUNNER_FRONT_HTTP_WRITE_H
#define EXRUN_RUNNER_FRONT_HTTP_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Headers that only some answers have. */
enum http_answer_header {
    HTTP_ALLOW_ORIGIN, /* with the next two: for scripts of other pages (Fetch, section 3.3) */
    HTTP_VARY,
    HTTP_EXPOSE_HEADERS,
    HTTP_ALLOW_METHODS, /* with the next two: the answer to a browser that asks first (section 3.3.3) */
    HTTP_ALLOW_HEADERS,
    HTTP_MAX_AGE,
    HTTP_CACHE_CONTROL,       /* instead of no-store, which all others have */
    HTTP_ETAG,                /* of a file of the page */
    HTTP_CONTENT_DISPOSITION, /* with the next four: of what a program has written */
    HTTP_CONTENT_SECURITY_POLICY,
    HTTP_RESOURCE_POLICY,
    HTTP_REFERRER_POLICY,
    HTTP_ROBOTS,
    HTTP_ALLOW,              /* with 405: the methods of the resource (RFC 9110, section 10.2.1) */
    HTTP_DATE,               /* time of the answer, in the form of RFC 9110, section 5.6.7 */
    HTTP_EXRUN_RUN,          /* ID of the run */
    HTTP_LOCATION,           /* with 202: the run's own resource */
    HTTP_PREFERENCE_APPLIED, /* RFC 7240, section 3 */
    HTTP_RETRY_AFTER,        /* seconds */
    HTTP_WWW_AUTHENTICATE,   /* with 401 */
    HTTP_N_ANSWER_HEADERS,
};

/* Everything is borrowed. @type: Content-Type; NULL: there is no content. @closes: the connection ends after
 * the answer. */
struct http_answer {
    unsigned int status;
    const char *type;
    uint64_t content_bytes; /* also in the answer to HEAD: the size that GET would get */
    bool is_stream;         /* the end of the connection ends the content, whose size is not known */
    bool closes;
    const char *headers[HTTP_N_ANSWER_HEADERS]; /* NULL: not sent */
};

/* @detail: sentence for this occurrence. @pointer: JSON pointer of the member at fault, or NULL. Bytes that
 * are not printable UTF-8 are replaced by "?". @is_head: the request was HEAD, whose answer has no content.
 * @reason: a word for programs, whose detail an operator may have written; NULL: none. */
struct http_problem {
    const char *detail, *pointer;
    bool is_head;
    const char *reason;
};

/* Returns the phrase of a status that exrun sends (RFC 9110, section 15; RFC 6585), or NULL for others. */
const char *http_title(unsigned int status);

/* Writes the head with its empty line at the end; no NUL follows. Returns its size, -EINVAL if the status is
 * not known or a value has a control character, or -ENOBUFS if it does not fit. */
ssize_t http_write_head(const struct http_answer *answer, char *ret, size_t room);

/* Returns a problem as an object, which the caller must json_decref(), or NULL if memory is short. @status:
 * one that has a title. */
struct json_t *http_problem_object(unsigned int status, const struct http_problem *problem);

/* Writes head and content of a problem. Of @answer, status, @closes and @headers are used. Returns the size,
 * or fails like http_write_head(), or with -ENOMEM. */
ssize_t http_write_problem(const struct http_answer *answer, const struct http_problem *problem, char *ret,
                           size_t room);

#endif
