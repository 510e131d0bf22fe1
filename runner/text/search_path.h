/* SPDX-License-Identifier: MIT */
/* Finds the files that are installed with exrun: profiles, the probes of the audit, and the page. */
#ifndef EXRUN_RUNNER_TEXT_SEARCH_PATH_H
#define EXRUN_RUNNER_TEXT_SEARCH_PATH_H

#include "runner/text/error.h"

/* A kind of files. @variable: an environment variable. @source: the folder in the source tree.
 * @etc: the operator's own folder, or NULL. @installed: the folder in which meson installs them.
 * @what: the kind's name for people. */
struct search_path {
    const char *variable, *source, *etc, *installed, *what;
};

extern const struct search_path search_path_of_profiles, search_path_of_probes, search_path_of_web;

/* Returns the object that makes interpreters wait (warm/shim.h): the one in the environment, the build tree's
 * if this binary is in its build tree, or the installed one. */
const char *search_path_shim(void);

/* Lists the directories to search, the first match wins: @given (or NULL), the one in the
 * environment, the source tree's if this binary is in its build tree, @etc, @installed. The caller
 * must strv_free() *ret. Fails with EX_NOINPUT if @given or the one in the environment can't be
 * opened. */
int search_path_list(const struct search_path *path, const char *given, char ***ret, struct error *err);

#endif
