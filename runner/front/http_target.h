/* SPDX-License-Identifier: MIT */
/* The target of an HTTP request: splits it, checks it, decodes parts of it. */
#ifndef EXRUN_RUNNER_FRONT_HTTP_TARGET_H
#define EXRUN_RUNNER_FRONT_HTTP_TARGET_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes inside the caller's buffer, without a NUL at their end. @data is NULL if they are missing. */
struct http_slice {
    const char *data;
    size_t size;
};

/* Both parts are as they were sent. @query: without its "?"; missing if there was none. */
struct http_target {
    struct http_slice path, query;
};

/* Splits @text, which must have the origin form: a path, and perhaps a query (RFC 9112, section 3.2.1). The
 * other forms are for proxies; OPTIONS * is refused as well, although RFC 9110, section 9.3.7, has it.
 *
 * An accepted path starts with a slash. Each segment between its slashes can be decoded, and then neither has
 * a slash nor is "." or "..", which clients remove before they send a target (RFC 3986, section 5.2.4). So
 * nobody who reads the path after us, decoded or not, sees other segments. The query can be decoded, too.
 *
 * Returns NULL, or the reason for a refusal. */
const char *http_target_split(struct http_slice text, struct http_target *ret);

/* Decodes percent-encoding (RFC 3986, section 2.1); a plus sign stays one. @ret needs room for @text.size
 * bytes, and gets no NUL. Returns 0, or -EINVAL if an escape is not valid, or if the decoded text has a
 * control character. */
int http_decode(struct http_slice text, char *ret, size_t *ret_size);

/* Returns true if @c is a letter or a digit of ASCII, or is in @others. */
bool http_is_among(char c, const char *others);

#endif
