/* SPDX-License-Identifier: MIT */
/* Finds profiles in their directories. */
#ifndef EXRUN_RUNNER_LANGUAGE_LANGUAGE_FIND_H
#define EXRUN_RUNNER_LANGUAGE_LANGUAGE_FIND_H

#include "runner/language/language.h"
#include "runner/text/error.h"

/* Lists the directories in which profiles are searched, the first match wins: @given (or NULL),
 * EXRUN_PROFILES, the source tree's if this binary is in its build tree, /etc/exrun/profiles, the
 * installed ones. The caller must strv_free() *ret. */
int language_directories(const char *given, char ***ret, struct error *err);

/* Lists the names of all profiles in @directories, sorted within a directory, each once; the caller
 * must strv_free() *ret. Fails as described at error_shortage(). */
int language_names(char *const *directories, char ***ret, struct error *err);

/* Fails with EX_DATAERR at "/profile", because none of @names is @name. The hint has the nearest one, and all
 * of them. Returns -ENOENT. */
int language_unknown(const char *name, char *const *names, struct error *err);

/* Finds and reads the profile @name. If it does not exist, fails with EX_DATAERR at "/profile". The
 * caller must call language_deinit() even on failure. */
int language_find(char *const *directories, const char *name, struct language *language, struct error *err);

/* Finds the profile that has the ending of @file. If no profile has it, fails with the error of a
 * broken profile, or else with EX_USAGE. */
int language_find_by_ending(char *const *directories, const char *file, struct language *language,
                            struct error *err);

#endif
