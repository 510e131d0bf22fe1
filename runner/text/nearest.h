/* SPDX-License-Identifier: MIT */
/* Which of the known words somebody meant who mistyped one. */
#ifndef EXRUN_RUNNER_TEXT_NEAREST_H
#define EXRUN_RUNNER_TEXT_NEAREST_H

#include <stddef.h>

/* A search among words that are offered one after the other. */
struct nearest {
    const char *typed;
    const char *word; /* the nearest so far; NULL where none is near enough */
    size_t distance;
};

/* Near enough is a change for each three letters that were typed. @typed and the words are borrowed. */
void nearest_init(struct nearest *nearest, const char *typed);
void nearest_offer(struct nearest *nearest, const char *word);

/* How many letters must be put in, left out, changed or swapped with their neighbour to make @b of @a
 * (optimal string alignment). Words of more than 32 bytes are taken for very far. */
size_t nearest_distance(const char *a, const char *b);

#endif
