/* SPDX-License-Identifier: MIT */
/* Asks the service something over its administrators' socket: one HTTP request, and its answer.
 *
 * It waits for a few seconds at most, and reads a bounded answer. It refuses an answer that exrun's
 * service would not send. */
#ifndef EXRUN_RUNNER_COMMAND_ASK_H
#define EXRUN_RUNNER_COMMAND_ASK_H

#include <stddef.h>

#include "runner/text/error.h"

/* @content: JSON, for POST; NULL: the method is GET. */
struct ask_request {
    const char *target;
    const char *content;
};

/* Sends the request to the service of the calling user, and stores the content of the answer in *ret, which
 * the caller frees. Returns 0, or -errno with the reason in @err: EX_UNAVAILABLE if no service runs,
 * EX_NOPERM if the caller may not ask, EX_TEMPFAIL if there is no answer in time or the service can't do it
 * now, EX_USAGE if it refuses the request, EX_SOFTWARE if the answer is not a good one. */
int ask(const struct ask_request *request, char **ret, size_t *ret_size, struct error *err);

#endif
