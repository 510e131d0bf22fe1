/* SPDX-License-Identifier: MIT */
/* The texts that came most often, in bounded memory: the space-saving algorithm (Metwally, Agrawal and El
 * Abbadi 2005).
 *
 * A new text takes the place of the one that came least often, with its count and one more. So a count is
 * never too low; it is too high by at most @over, and each text that came more often than the sum of all
 * counts divided by TOP_LIST_MOST is in the list. Until there are TOP_LIST_MOST texts, all counts are
 * exact. */
#ifndef EXRUN_RUNNER_FRONT_TOP_LIST_H
#define EXRUN_RUNNER_FRONT_TOP_LIST_H

#include <stddef.h>
#include <stdint.h>

enum { TOP_LIST_MOST = 1000, TOP_LIST_TEXT_ROOM = 201 };

struct top_entry {
    char text[TOP_LIST_TEXT_ROOM];
    uint64_t n, over;
};

/* Starts as {0}. @tree: of tsearch(3), over @entries, which are allocated with the first text. */
struct top_list {
    void *tree;
    struct top_entry *entries;
    size_t n;
};

/* Counts @text. Only its first TOP_LIST_TEXT_ROOM - 1 bytes count. Does nothing if memory is short. */
void top_list_note(struct top_list *list, const char *text);

/* Writes the entries with the highest counts to @ret, at most @most, the highest first; of equal ones, in the
 * order of their texts. They are the list's. Returns their number, or -ENOMEM. */
ptrdiff_t top_list_first(const struct top_list *list, size_t most, const struct top_entry *ret[]);

void top_list_deinit(struct top_list *list);

#endif
