/* SPDX-License-Identifier: MIT */
/* Where profiles are, and which of them is meant. */
#ifndef EXRUN_RUNNER_LANGUAGE_LANGUAGE_FIND_H
#define EXRUN_RUNNER_LANGUAGE_LANGUAGE_FIND_H

#include "runner/language/language.h"
#include "sandbox/base/error.h"

/* The directories where profiles are looked for, first wins: @given (or NULL), EXRUN_PROFILES, those of the
 * source tree where this binary lies in its build tree, /etc/exrun/profiles, the installed ones. *ret is the
 * caller's to strv_free(). */
int language_directories(const char *given, char ***ret, struct error *err);

/* The names of all profiles there, sorted within a directory, each once; *ret is the caller's to strv_free().
 * Fails as error_shortage() tells. */
int language_names(char *const *directories, char ***ret, struct error *err);

/* Finds and reads the profile @name; EX_DATAERR at "/profile" where there is none. language_deinit() in any
 * case. */
int language_find(char *const *directories, const char *name, struct language *language, struct error *err);

/* Finds the profile one of whose endings @file has; EX_USAGE where there is none. */
int language_find_by_ending(char *const *directories, const char *file, struct language *language,
                            struct error *err);

#endif
