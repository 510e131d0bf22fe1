/* SPDX-License-Identifier: MIT */
/* Where the files lie that come with exrun: profiles, and the probes of the audit. */
#ifndef EXRUN_RUNNER_TEXT_PLACES_H
#define EXRUN_RUNNER_TEXT_PLACES_H

#include "sandbox/base/error.h"

/* One kind of them. @variable: of the environment. @source: its folder in the source tree. @etc: the
 * operator's own; NULL for none. @installed: where meson puts it. @what: the kind's name for people. */
struct places {
    const char *variable, *source, *etc, *installed, *what;
};

extern const struct places places_of_profiles, places_of_probes;

/* The directories where they are looked for, first wins: @given (or NULL), that of the environment, the
 * source tree's where this binary lies in its build tree, @etc, @installed. *ret is the caller's to
 * strv_free(). EX_NOINPUT where one that was named is not there. */
int places_list(const struct places *places, const char *given, char ***ret, struct error *err);

#endif
