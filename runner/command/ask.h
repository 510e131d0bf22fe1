/* SPDX-License-Identifier: MIT */
/* Asks the service something over its administrators' socket: one HTTP request, and its answer.
 *
 * It waits for a few seconds at most, and reads a bounded answer. It refuses an answer that exrun's
 * service would not send. */
#ifndef EXRUN_RUNNER_COMMAND_ASK_H
#define EXRUN_RUNNER_COMMAND_ASK_H

#include <stddef.h>

#include "runner/text/error.h"

/* Sends GET @target to the Unix socket @path, and stores the content of the answer in *ret, which the caller
 * frees. Returns 0, or -errno with the reason in @err: EX_UNAVAILABLE if no service runs, EX_NOPERM if the
 * caller may not ask, EX_TEMPFAIL if there is no answer in time, EX_SOFTWARE if it is not a good one. */
int ask_get(const char *path, const char *target, char **ret, size_t *ret_size, struct error *err);

#endif
