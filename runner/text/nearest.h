/* SPDX-License-Identifier: MIT */
/* Finds the known word that is most similar to a mistyped one. */
#ifndef EXRUN_RUNNER_TEXT_NEAREST_H
#define EXRUN_RUNNER_TEXT_NEAREST_H

#include <stddef.h>

/* A search among words that are offered one after the other. */
struct nearest {
    const char *typed;
    const char *word; /* the nearest so far; NULL if every word is too different */
    size_t distance;
};

/* Starts a search. A word is near enough if it differs by at most one change for every three
 * letters that were typed, rounded up. @typed and the words are borrowed. */
void nearest_init(struct nearest *nearest, const char *typed);
void nearest_offer(struct nearest *nearest, const char *word);

/* Returns how many letters must be inserted, removed, changed or swapped with their neighbour to
 * turn @a into @b (optimal string alignment). Returns SIZE_MAX if one of them is longer than 32
 * bytes. */
size_t nearest_distance(const char *a, const char *b);

#endif
