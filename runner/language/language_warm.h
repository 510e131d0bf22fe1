/* SPDX-License-Identifier: MIT */
/* Reads how a language waits for a program. */
#ifndef EXRUN_RUNNER_LANGUAGE_LANGUAGE_WARM_H
#define EXRUN_RUNNER_LANGUAGE_LANGUAGE_WARM_H

#include "runner/text/json.h"

/* Reads the member "warm" into @target, a struct language, and reports the place of every mistake. Only for
 * language/language_read.c. */
int language_read_warm(struct json_in *in, const json_t *value, void *target);

/* Checks it against the other members. Returns 0, or a negative value with the place of the mistake. */
int language_check_warm(struct json_in *in, void *target);

/* Reads "warm" of the compile stage, whose command is another one while it waits. */
int language_read_compile_warm(struct json_in *in, const json_t *value, void *target);

#endif
