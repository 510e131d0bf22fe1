/* SPDX-License-Identifier: MIT */
/* Parses quantities as a person writes them: "5s", "500ms", "128M", "32". */
#ifndef EXRUN_RUNNER_TEXT_QUANTITY_H
#define EXRUN_RUNNER_TEXT_QUANTITY_H

#include <stdint.h>

#include "sandbox/plan/limits.h"

/* Parses a quantity. A bare number is in seconds or bytes, or a count. A fraction is allowed if the
 * unit makes the result whole. Returns 0, or -EINVAL. */
int quantity_parse(const char *text, enum limit_unit unit, uint64_t *ret);

/* Describes the expected form in words: "a time, as in 500ms, 5s or 2m". */
const char *quantity_examples(enum limit_unit unit);

#endif
