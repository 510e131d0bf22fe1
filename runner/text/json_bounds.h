/* SPDX-License-Identifier: MIT */
/* May a parser be let loose on a text? */
#ifndef EXRUN_RUNNER_TEXT_JSON_BOUNDS_H
#define EXRUN_RUNNER_TEXT_JSON_BOUNDS_H

#include <stddef.h>

enum { JSON_MOST_LEVELS = 32, JSON_MOST_VALUES = 1 << 19 };

enum json_bound {
    JSON_WITHIN,
    JSON_EMPTY,    /* no byte */
    JSON_BLANK,    /* nothing but white space */
    JSON_MARKED,   /* a byte order mark, which nobody would see in a sentence, stands in front */
    JSON_TOO_DEEP, /* more than JSON_MOST_LEVELS */
    JSON_TOO_MANY, /* more than JSON_MOST_VALUES */
};

/* Looks whether a parser may be let loose on @text. If not, *ret_position is the byte at which it
 * goes beyond. */
enum json_bound json_bounds(const char *text, size_t size, size_t *ret_position);

#endif
