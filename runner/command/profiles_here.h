/* SPDX-License-Identifier: MIT */
/* The profiles of this machine, as a command that lists them needs them. */
#ifndef EXRUN_RUNNER_COMMAND_PROFILES_HERE_H
#define EXRUN_RUNNER_COMMAND_PROFILES_HERE_H

#include "runner/front/status.h"
#include "runner/text/error.h"
#include "sandbox/run/host.h"

/* @status: of the calling user's service; without profiles if none runs. */
struct profiles_here {
    char **directories, **names;
    struct host host;
    struct status status;
};

#define PROFILES_HERE_NONE \
    {                      \
        .host = HOST_NONE  \
    }

/* Finds the profiles, first in @directory unless it is NULL, and enters the host. Returns 0 or -errno. The
 * caller must call profiles_here_close() even on failure. */
int profiles_here_open(const char *directory, struct profiles_here *ret, struct error *err);

void profiles_here_close(struct profiles_here *here);

#endif
