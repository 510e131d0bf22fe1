/* SPDX-License-Identifier: MIT */
/* Reads arbitrary bytes as a profile. Unless it is complete, it must be refused with a place: the file, and
 * the member if one is at fault. */
#include <string.h>

#include "fuzz.h"
#include "runner/language/language_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct language language = {0};
    struct error err = {0};
    int r = language_read_text("fuzz", (const char *)data, size, &language, &err);

    PROMISE(r <= 0);
    PROMISE(r == 0 ||
            (*err.what && (strcmp(err.where, "fuzz") == 0 || strncmp(err.where, "fuzz:/", 6) == 0)));
    PROMISE(r < 0 || (language.profile.name && language.title && language.profile.entry &&
                      language.profile.run.argv && language.profile.run.argv[0]));
    PROMISE(r < 0 || limits_first_beyond(&language.profile.normal, &language.min, &language.profile.max) < 0);
    language_deinit(&language);
    return 0;
}
