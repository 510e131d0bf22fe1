/* SPDX-License-Identifier: MIT */
/* Enters the user namespace, and checks first who owns the profiles, because that can't be seen
 * inside. */
#include "runner/language/enter.h"

#include <limits.h>
#include <stdio.h>

#include "runner/language/language_find.h"
#include "runner/language/trust.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/strv.h"
#include "sandbox/userns/userns.h"

static void note_all(char *const *directories)
{
    _cleanup_(strv_freep) char **names = NULL;

    if (language_names(directories, &names, NULL) < 0)
        return;
    for (; *directories; directories++)
        for (char **name = names; name && *name; name++) {
            char path[PATH_MAX];
            struct stat st;

            snprintf(path, sizeof(path), "%s/%s.json", *directories, *name);
            if (stat(path, &st) == 0)
                trust_note(&st);
        }
}

void enter_userns(char *const *directories, const char *search_path, struct fault *why)
{
    note_all(directories);
    userns_enter(search_path, why);
}
