/* SPDX-License-Identifier: MIT */
/* A profile of any bytes is read whole, or refused with its place. */
#include <string.h>

#include "fuzz.h"
#include "runner/language/language_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct profile profile = {0};
    struct error err = {0};
    int r = profile_read_text("fuzz", (const char *)data, size, &profile, &err);

    PROMISE(r <= 0);
    PROMISE(r == 0 || (*err.what && strncmp(err.where, "fuzz:", 5) == 0));
    PROMISE(r < 0 ||
            (profile.name && profile.title && profile.entry && profile.run.argv && profile.run.argv[0]));
    PROMISE(r < 0 || limits_first_beyond(&profile.normal, &profile.min, &profile.max) < 0);
    profile_deinit(&profile);
    return 0;
}
