/* SPDX-License-Identifier: MIT */
/* The end of every answer: it is written, or somebody is told why not. */
#ifndef EXRUN_RUNNER_ANSWER_ANSWER_H
#define EXRUN_RUNNER_ANSWER_ANSWER_H

#include <jansson.h>
#include <stdio.h>

#include "sandbox/base/error.h"

/* What was written to @out has arrived: 0, or -errno. Whoever wrote before need not have looked. */
int answer_end(FILE *out);

/* Writes @object (takes), as jansson's @flags have it, and a line's end. NULL is -ENOMEM. */
int answer_end_json(json_t *object /* takes */, size_t flags, FILE *out);

/* From the -errno of a writer to standard output to words; 0 stays 0. */
int answer_check(int r, struct error *err);

#endif
