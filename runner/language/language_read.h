/* SPDX-License-Identifier: MIT */
/* From a profile file to a struct language, with the place of every mistake.
 *
 * A profile is trusted: whoever may write one decides what a cell sees. So one that others may write to is
 * refused, and each is checked whole before its first use, so that a mistake is told with its place and not
 * by a run that behaves strangely. Errors have the status EX_CONFIG and "FILE:/pointer" as their place. */
#ifndef EXRUN_RUNNER_LANGUAGE_LANGUAGE_READ_H
#define EXRUN_RUNNER_LANGUAGE_LANGUAGE_READ_H

#include "runner/language/language.h"
#include "sandbox/base/error.h"

/* Reads the profile in the file @path. language_deinit() in any case. */
int language_read(const char *path, struct language *language, struct error *err);

/* The same of its text, which was read from @path. */
int language_read_text(const char *path, const char *text, size_t size, struct language *language,
                       struct error *err);

/* The directories where profiles are looked for, first wins: @given (or NULL), EXRUN_PROFILES, those of the
 * source tree where this binary lies in its build tree, /etc/exrun/profiles, the installed ones. *ret is the
 * caller's to strv_free(). */
int language_directories(const char *given, char ***ret, struct error *err);

/* May a profile be named so? */
bool language_is_name(const char *name);

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
