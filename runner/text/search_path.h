/* SPDX-License-Identifier: MIT */
/* Where the files lie that come with exrun: profiles, and the probes of the audit. */
#ifndef EXRUN_RUNNER_TEXT_SEARCH_PATH_H
#define EXRUN_RUNNER_TEXT_SEARCH_PATH_H

#include "sandbox/base/error.h"

/* One kind of them. @variable: of the environment. @source: its folder in the source tree. @etc: the
 * operator's own; NULL for none. @installed: where meson puts it. @what: the kind's name for people. */
struct search_path {
    const char *variable, *source, *etc, *installed, *what;
};

extern const struct search_path search_path_of_profiles, search_path_of_probes;

/* The directories where they are looked for, first wins: @given (or NULL), that of the environment, the
 * source tree's where this binary lies in its build tree, @etc, @installed. *ret is the caller's to
 * strv_free(). EX_NOINPUT where one that was named is not there. */
int search_path_list(const struct search_path *path, const char *given, char ***ret, struct error *err);

#endif
