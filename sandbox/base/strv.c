/* SPDX-License-Identifier: MIT */
/* Lists of strings. */
#include "sandbox/base/strv.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "sandbox/base/cleanup.h"

size_t strv_length(char *const *list)
{
    size_t n = 0;

    while (list && list[n])
        n++;
    return n;
}

bool strv_has(char *const *list, const char *text)
{
    for (; list && *list; list++)
        if (strcmp(*list, text) == 0)
            return true;
    return false;
}

int strv_take(char ***list, char *text)
{
    size_t n = strv_length(*list);
    char **grown;

    if (!text)
        return -ENOMEM;
    grown = reallocarray(*list, n + 2, sizeof(*grown));
    if (!grown) {
        free(text);
        return -ENOMEM;
    }
    grown[n] = text;
    grown[n + 1] = NULL;
    *list = grown;
    return 0;
}

int strv_add(char ***list, const char *text)
{
    return strv_take(list, strdup(text));
}

bool strv_equal(char *const *a, char *const *b)
{
    size_t n = strv_length(a);

    if (n != strv_length(b))
        return false;
    for (size_t i = 0; i < n; i++)
        if (strcmp(a[i], b[i]) != 0)
            return false;
    return true;
}

char **strv_copy(char *const *list)
{
    size_t n = strv_length(list);
    _cleanup_(strv_freep) char **copy = calloc(n + 1, sizeof(*copy));

    for (size_t i = 0; copy && i < n; i++) {
        copy[i] = strdup(list[i]);
        if (!copy[i])
            return NULL;
    }
    return steal(copy);
}

bool strv_matches(const char *const *patterns, const char *text)
{
    for (; patterns && *patterns; patterns++)
        if (fnmatch(*patterns, text, 0) == 0)
            return true;
    return false;
}

void strv_free(char **list)
{
    for (char **text = list; text && *text; text++)
        free(*text);
    free(list);
}

void strv_freep(char ***list)
{
    strv_free(*list);
}
