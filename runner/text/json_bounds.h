/* SPDX-License-Identifier: MIT */
/* Decides whether a text can be parsed at a bounded cost. */
#ifndef EXRUN_RUNNER_TEXT_JSON_BOUNDS_H
#define EXRUN_RUNNER_TEXT_JSON_BOUNDS_H

#include <stddef.h>

enum { JSON_MOST_LEVELS = 32, JSON_MOST_VALUES = 1 << 19 };

enum json_bound {
    JSON_WITHIN,
    JSON_EMPTY,    /* no bytes */
    JSON_BLANK,    /* only white space */
    JSON_MARKED,   /* starts with a byte order mark, which would be invisible in a sentence */
    JSON_TOO_DEEP, /* more than JSON_MOST_LEVELS */
    JSON_TOO_MANY, /* more than JSON_MOST_VALUES */
};

/* Checks whether @text is within the bounds. If not, *ret_position is the byte at which it exceeds them.
 * Stores the number of values in *ret_values, or a larger one. */
enum json_bound json_bounds(const char *text, size_t size, size_t *ret_position, size_t *ret_values);

#endif
