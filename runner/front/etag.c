/* SPDX-License-Identifier: MIT */
/* Compares tags of contents. */
#include "runner/front/etag.h"

#include <string.h>

bool etag_is_listed(const char *list, const char *tag)
{
    const size_t length = strlen(tag);

    if (strcmp(list, "*") == 0)
        return true;
    while (*list) {
        list += strspn(list, " ,");
        if (strncmp(list, "W/", 2) == 0)
            list += 2;
        if (strncmp(list, tag, length) == 0 && strchr(" ,", list[length]))
            return true;
        list += strcspn(list, ",");
    }
    return false;
}
