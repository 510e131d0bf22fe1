/* SPDX-License-Identifier: MIT */
/* The words for each fault of a name. */
#include "runner/text/name_words.h"

#include <stddef.h>

const char *name_words(enum name_fault fault)
{
    static const char *const words[N_NAME_FAULTS] = {
        [NAME_FINE] = NULL,
        [NAME_EMPTY] = "is empty",
        [NAME_ABSOLUTE] = "is absolute; it must be relative to /box",
        [NAME_TOO_LONG] = "is longer than 1024 bytes",
        [NAME_CONTROL] = "contains a control character",
        [NAME_EMPTY_PART] = "has an empty part",
        [NAME_LONG_PART] = "has a part that is longer than 255 bytes",
        [NAME_PARENT_PART] = "has a part \"..\"",
        [NAME_SELF_PART] = "has a part \".\"",
        [NAME_CLASS] = "has an unknown class of characters",
        [NAME_OPEN_SET] = "has a \"[\" without a \"]\"; put a backslash before it to match it literally",
        [NAME_RANGE] = "has a range that ends before it starts",
        [NAME_COLLATION] = "has a \"[.\" or \"[=\", which are not supported",
        [NAME_BACKSLASH] = "has a part that ends in a backslash",
        [NAME_NO_VARIABLE] = "is not a valid variable name",
        [NAME_LONG_ARGUMENT] = "is longer than 131071 bytes",
    };

    return words[fault];
}
