/* SPDX-License-Identifier: MIT */
/* Finds out whether a language is usable here. The language's program prints its version, in a cell
 * like any other run. */
#ifndef EXRUN_RUNNER_COMMAND_PROFILE_PROBE_H
#define EXRUN_RUNNER_COMMAND_PROFILE_PROBE_H

#include <stdbool.h>

#include "runner/language/language.h"
#include "runner/text/error.h"
#include "sandbox/plan/version_text.h"
#include "sandbox/run/host.h"

/* @version: the first line that the program printed; "" if the profile has no command for it, the line is
 * not a version (plan/version_text.h), or the language is not usable. @why: the reason, with a hint; empty if
 * usable. */
struct profile_state {
    bool is_usable;
    bool is_absent; /* its program is not installed; everything else is in order */
    char version[VERSION_TEXT_ROOM];
    struct error why;
};

void profile_probe(const struct language *language, const struct host *host, struct profile_state *ret);

#endif
