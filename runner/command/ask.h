/* SPDX-License-Identifier: MIT */
/* Asks the service something over its administrators' socket: one HTTP request, and its answer.
 *
 * It waits for a few seconds unless the request says otherwise, and reads a bounded answer. It refuses an
 * answer that exrun's service would not send. */
#ifndef EXRUN_RUNNER_COMMAND_ASK_H
#define EXRUN_RUNNER_COMMAND_ASK_H

#include <stddef.h>

#include "runner/text/error.h"

/* @content: JSON, for POST; NULL: the method is GET. @cell: value of Exrun-Cell; NULL: it is not sent. @path:
 * of the socket; NULL: of the calling user's service. @patience_s: 0: the usual one. @most_bytes: of the
 * answer; 0: the usual number. @cancel: a descriptor that ends the wait if it becomes readable; 0: none. */
struct ask_request {
    const char *target, *content, *cell, *path;
    unsigned int patience_s;
    size_t most_bytes;
    int cancel;
};

/* @status: of HTTP. @content: with a NUL behind it; owned by the caller. */
struct ask_answer {
    unsigned int status;
    char *content;
    size_t size;
};

/* Sends the request, and stores the answer, whatever its status is. Returns 0, or -errno with the reason in
 * @err, as ask() does; -ECANCELED, without one, if it was cancelled. */
int ask_any(const struct ask_request *request, struct ask_answer *ret, struct error *err);

/* Describes in @err an answer that is a refusal, in the words of the service if it has some. @path: of the
 * socket. */
void ask_tell_refusal(const struct ask_answer *answer, const char *path, struct error *err);

/* Sends the request, and stores the content of the answer in *ret, which the caller frees. Returns 0, or
 * -errno with the reason in @err: EX_UNAVAILABLE if no service runs, EX_NOPERM if the caller may not ask,
 * EX_TEMPFAIL if there is no answer in time or the service can't do it now, EX_USAGE if it refuses the
 * request, EX_SOFTWARE if the answer is not a good one. */
int ask(const struct ask_request *request, char **ret, size_t *ret_size, struct error *err);

#endif
