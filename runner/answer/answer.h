/* SPDX-License-Identifier: MIT */
/* Ends an answer, and reports to the caller whether all of it was written, or else the reason. */
#ifndef EXRUN_RUNNER_ANSWER_ANSWER_H
#define EXRUN_RUNNER_ANSWER_ANSWER_H

#include <jansson.h>
#include <stdio.h>

#include "runner/text/error.h"

/* Flushes @out. Returns 0 if all data written to it has arrived, otherwise -errno. Earlier writes
 * need not be checked. */
int answer_end(FILE *out);

/* Writes @object with jansson's @flags, and a line feed. Takes ownership of @object. Returns 0,
 * -errno, or -ENOMEM if @object is NULL. */
int answer_end_json(json_t *object /* takes */, size_t flags, FILE *out);

/* Puts the -errno of a writer to standard output into words in @err. Returns @r; 0 stays 0. */
int answer_check(int r, struct error *err);

#endif
