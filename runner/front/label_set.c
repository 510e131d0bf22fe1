/* SPDX-License-Identifier: MIT */
/* A bounded set of values of one label. */
#include "runner/front/label_set.h"

#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/utf8.h"

#define OTHER "other"

struct label {
    char text[LABEL_ROOM];
    size_t index;
};

static int compare(const void *a, const void *b)
{
    return strcmp(((const struct label *)a)->text, ((const struct label *)b)->text);
}

/* Adds the label. Returns its index, or LABEL_OTHER if memory is short. */
static size_t add(struct label_set *set, const struct label *label)
{
    struct label **grown = reallocarray(set->items, set->n + 1, sizeof(struct label *));
    _cleanup_(freep) struct label *copy = malloc(sizeof(*copy));

    if (grown)
        set->items = grown;
    if (!grown || !copy)
        return LABEL_OTHER;
    *copy = *label;
    copy->index = set->n + 1;
    if (!tsearch(copy, &set->tree, compare))
        return LABEL_OTHER;
    set->items[set->n++] = copy;
    return steal(copy)->index;
}

size_t label_set_index(struct label_set *set, const char *text, size_t most)
{
    struct label label = {.index = LABEL_OTHER};
    struct label *const *found;

    snprintf(label.text, sizeof(label.text), "%s", text);
    make_printable(label.text);
    found = tfind(&label, &set->tree, compare);
    if (found)
        return (*found)->index;
    return set->n >= most || strcmp(label.text, OTHER) == 0 ? LABEL_OTHER : add(set, &label);
}

const char *label_set_text(const struct label_set *set, size_t index)
{
    return index == LABEL_OTHER ? OTHER : set->items[index - 1]->text;
}

void label_set_deinit(struct label_set *set)
{
    if (set->tree)
        tdestroy(set->tree, free);
    free(set->items);
    *set = (struct label_set){.tree = NULL};
}
