/* SPDX-License-Identifier: MIT */
/* Is a language usable here? Asked of the language itself: its program tells its version, in a cell like any
 * other run. */
#ifndef EXRUN_RUNNER_COMMAND_PROFILE_PROBE_H
#define EXRUN_RUNNER_COMMAND_PROFILE_PROBE_H

#include <stdbool.h>

#include "sandbox/plan/profile.h"
#include "sandbox/run/run.h"

/* @version: the first line that the program said; "" where the profile does not ask, or it is not usable.
 * @why: what is missing, and
 * @hint what to do about it; "" where usable. */
struct profile_state {
    bool is_usable;
    bool is_absent; /* its program is not installed; nothing else is wrong */
    char version[120];
    struct error why;
};

void profile_probe(const struct profile *profile, const struct host *host, struct profile_state *ret);

#endif
