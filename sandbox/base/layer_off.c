/* SPDX-License-Identifier: MIT */
/* For tests only: layers that can be disabled. This file is empty unless the build has -Dlayers_off=true. */
#include "sandbox/base/layer_off.h"

#include <stdlib.h>
#include <string.h>

#if EXRUN_LAYERS_OFF

#define VARIABLE "EXRUN_LAYER_OFF"

bool layer_off(const char *layer)
{
    const char *list = getenv(VARIABLE);
    size_t length = strlen(layer);

    for (const char *at = list; at && (at = strstr(at, layer)); at += length)
        if ((at == list || at[-1] == ' ') && (at[length] == '\0' || at[length] == ' '))
            return true;
    return false;
}

bool layer_off_any(void)
{
    const char *list = getenv(VARIABLE);

    return list && *list;
}

#endif
