/* SPDX-License-Identifier: MIT */
/* For tests only: layers that can be taken away. There is nothing here but in builds with -Dholes=true. */
#include "sandbox/base/hole.h"

#include <stdlib.h>
#include <string.h>

#if EXRUN_HOLES

#define VARIABLE "EXRUN_HOLE"

bool hole(const char *layer)
{
    const char *list = getenv(VARIABLE);
    size_t length = strlen(layer);

    for (const char *at = list; at && (at = strstr(at, layer)); at += length)
        if ((at == list || at[-1] == ' ') && (at[length] == '\0' || at[length] == ' '))
            return true;
    return false;
}

bool hole_anywhere(void)
{
    const char *list = getenv(VARIABLE);

    return list && *list;
}

#endif
