/* SPDX-License-Identifier: MIT */
/* Quantities as a person writes them: "5s", "500ms", "128M", "32". */
#ifndef EXRUN_RUNNER_TEXT_QUANTITY_H
#define EXRUN_RUNNER_TEXT_QUANTITY_H

#include <stdint.h>

#include "sandbox/plan/limits.h"

/* A bare number is seconds, bytes, or a count. A fraction is allowed where a unit makes it whole. -EINVAL. */
int quantity_parse(const char *text, enum limit_unit unit, uint64_t *ret);

/* What is expected, in words: "a time, as in 500ms, 5s or 2m". */
const char *quantity_examples(enum limit_unit unit);

#endif
