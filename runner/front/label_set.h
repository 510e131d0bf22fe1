/* SPDX-License-Identifier: MIT */
/* A bounded set of values of one label: the first ones have an index each, all others share that of "other".
 *
 * A counter's label can't change later, and each value costs memory here and in every monitoring system. So
 * values that a client chooses must be bounded, and a value that was seen keeps its index. */
#ifndef EXRUN_RUNNER_FRONT_LABEL_SET_H
#define EXRUN_RUNNER_FRONT_LABEL_SET_H

#include <stddef.h>

enum { LABEL_OTHER = 0, LABEL_ROOM = 201 };

/* Starts as {0}. @tree: of tsearch(3). @items: by index - 1; owned by the tree. */
struct label_set {
    void *tree;
    struct label **items;
    size_t n;
};

/* Returns the index of @text: 1 and up, or LABEL_OTHER if the set has @most values already, or memory is
 * short. Bytes that can control a terminal count as "?", and only the first LABEL_ROOM - 1 bytes count. */
size_t label_set_index(struct label_set *set, const char *text, size_t most);

/* Returns the text of an index. */
const char *label_set_text(const struct label_set *set, size_t index);

void label_set_deinit(struct label_set *set);

#endif
