/* SPDX-License-Identifier: MIT */
/* Is a language usable here? Asked of the language itself: its program tells its version, in a cell like any
 * other run. */
#ifndef EXRUN_RUNNER_COMMAND_PROFILE_PROBE_H
#define EXRUN_RUNNER_COMMAND_PROFILE_PROBE_H

#include <stdbool.h>
#include <stddef.h>

#include "sandbox/plan/profile.h"
#include "sandbox/run/run.h"

/* @version: the first line that the program said; "" where the profile does not ask, or it is not usable.
 * @why: what is missing, and
 * @mend what to do about it; "" where usable. */
struct profile_state {
    bool is_usable;
    bool is_absent; /* its program is not installed; nothing else is wrong */
    char version[120];
    struct error why;
};

/* One of all profiles: read, or @why not. */
struct profile_found {
    const char *name;
    int r;
    struct profile profile;
    struct error why;
};

/* Reads all that stand in @directories under @names, in a list of as many that profile_found_free() frees;
 * the names stay the caller's. Whoever is not root does so before userns_enter(), where root's files look
 * like anybody's. NULL without memory. */
struct profile_found *profile_find_all(char *const *directories, char *const *names);
void profile_found_free(struct profile_found *list, char *const *names);

void profile_probe(const struct profile *profile, const struct run_house *house, struct profile_state *ret);

#endif
