/* SPDX-License-Identifier: MIT */
/* A compiler that is started ahead. */
#include "sandbox/warm/compiler.h"

#include <limits.h>

#include "sandbox/cache/prepared.h"
#include "sandbox/cache/toolchain.h"
#include "sandbox/cell/cell.h"
#include "sandbox/warm/park.h"

static bool is_prepared(const struct host *host, const struct profile *profile)
{
    uint8_t toolchain[TOOLCHAIN_BYTES];
    char path[PATH_MAX];

    if (!profile->prepare.argv)
        return true;
    toolchain_digest(profile, toolchain);
    return prepared_find(&host->settings, profile, toolchain, path);
}

bool compiler_can_wait(const struct host *host, const struct profile *profile)
{
    return profile->compile_warm.parks && profile->compile_warm.program && is_prepared(host, profile);
}

int compiler_make(struct ready *compiler, const struct host *host, const struct profile *profile,
                  struct fault *fault)
{
    static char no_source[1];
    const struct job job = {.profile = profile->name, .source = {no_source, 0}};
    int r = ready_make(compiler, host, profile, STAGE_COMPILE, fault);

    if (r == 0)
        r = park(compiler, host, profile, &job, fault);
    /* The cell for the program can be parked, too. */
    if (r == 0)
        cell_own_lease(&compiler->cell);
    return r;
}
