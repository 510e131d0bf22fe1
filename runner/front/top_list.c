/* SPDX-License-Identifier: MIT */
/* Counts the texts that come most often. */
#include "runner/front/top_list.h"

#include <errno.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sandbox/base/cleanup.h"

static int compare(const void *a, const void *b)
{
    return strcmp(((const struct top_entry *)a)->text, ((const struct top_entry *)b)->text);
}

static int compare_counts(const void *a, const void *b)
{
    const struct top_entry *first = *(const struct top_entry *const *)a;
    const struct top_entry *second = *(const struct top_entry *const *)b;

    if (first->n != second->n)
        return first->n < second->n ? 1 : -1;
    return compare(first, second);
}

/* Returns the entry with the lowest count, out of the tree. */
static struct top_entry *take_lowest(struct top_list *list)
{
    struct top_entry *lowest = &list->entries[0];

    for (size_t i = 1; i < list->n; i++)
        if (list->entries[i].n < lowest->n)
            lowest = &list->entries[i];
    if (lowest->n > 0)
        tdelete(lowest, &list->tree, compare);
    return lowest;
}

/* The node of the tree that an entry leaves is freed before the new one is allocated, but another thread
 * could take its memory. Then the entry is in no tree, and has the lowest count, so it is the next one to be
 * taken. */
static void add(struct top_list *list, const struct top_entry *entry)
{
    struct top_entry *place = list->n < TOP_LIST_MOST ? &list->entries[list->n++] : take_lowest(list);
    const uint64_t over = place->n;

    *place = *entry;
    place->over = over;
    place->n = over + 1;
    if (!tsearch(place, &list->tree, compare))
        *place = (struct top_entry){.n = 0};
}

void top_list_note(struct top_list *list, const char *text)
{
    struct top_entry entry = {.n = 0}, *const * found;

    if (!list->entries)
        list->entries = calloc(TOP_LIST_MOST, sizeof(*list->entries));
    if (!list->entries)
        return;
    snprintf(entry.text, sizeof(entry.text), "%s", text);
    found = tfind(&entry, &list->tree, compare);
    if (found)
        (*found)->n++;
    else
        add(list, &entry);
}

ptrdiff_t top_list_first(const struct top_list *list, size_t most, const struct top_entry *ret[])
{
    _cleanup_(freep) const struct top_entry **sorted = calloc(list->n + 1, sizeof(*sorted));
    size_t n = 0;

    if (!sorted)
        return -ENOMEM;
    for (size_t i = 0; i < list->n; i++)
        if (list->entries[i].n > 0)
            sorted[n++] = &list->entries[i];
    qsort(sorted, n, sizeof(*sorted), compare_counts);
    if (n > most)
        n = most;
    memcpy(ret, sorted, n * sizeof(*sorted));
    return (ptrdiff_t)n;
}

void top_list_deinit(struct top_list *list)
{
    while (list->tree)
        tdelete(*(struct top_entry *const *)list->tree, &list->tree, compare);
    free(list->entries);
    *list = (struct top_list){.tree = NULL};
}
