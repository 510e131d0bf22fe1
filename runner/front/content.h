/* SPDX-License-Identifier: MIT */
/* The content of an answer.
 *
 * It is written once, and then it is shared: each connection that sends it, and the list of kept answers,
 * has a reference to the same bytes. So a large answer takes its memory once, however many clients wait for
 * it. Only the loop counts references. */
#ifndef EXRUN_RUNNER_FRONT_CONTENT_H
#define EXRUN_RUNNER_FRONT_CONTENT_H

#include <event2/buffer.h>
#include <stddef.h>

#include "runner/answer/result_parts.h"
#include "sandbox/base/growing.h"

/* @n_readers: connections that send it; they count their own part of it (connection_answer.c). @text: its
 * bytes, which are appended before it is shared, in any thread. @parts: of a result. */
struct content {
    size_t n_references, n_readers;
    struct growing text;
    struct result_parts parts;
};

/* Returns an empty content with one reference, which is the caller's, or NULL if memory is short. */
struct content *content_new(void);

/* Returns the content that consists of @text, which is the caller's and not copied, or NULL if memory is
 * short or @text is NULL; then @text is freed. */
struct content *content_of_text(char *text /* takes */);

/* Returns a content of its own: the result @content without the output and what else a reader of the events
 * has had, or NULL if memory is short. */
struct content *content_lean(const struct content *content);

/* Counts a further reference, and returns @content. */
struct content *content_ref(struct content *content);

/* Gives one back; the last one frees it. @content can be NULL. */
void content_unref(struct content *content);
void content_unrefp(struct content **content);

/* Returns the memory that it takes, in bytes. */
size_t content_memory(const struct content *content);

/* Appends the content to @output, which then has a reference of its own until the bytes are written. Returns
 * 0 or -ENOMEM. */
int content_send(struct content *content, struct evbuffer *output);

#endif
