/* SPDX-License-Identifier: MIT */
/* Reads the member "errors" of a profile: how a language words its errors. */
#ifndef EXRUN_RUNNER_LANGUAGE_ERROR_PATTERNS_H
#define EXRUN_RUNNER_LANGUAGE_ERROR_PATTERNS_H

#include "runner/text/json.h"

/* Reads the member into @target, a struct language. */
int language_read_errors(struct json_in *in, const json_t *value, void *target);

#endif
