/* SPDX-License-Identifier: MIT */
/* Reads a profile file into a struct language, and reports the place of every mistake.
 *
 * A profile is trusted, because its writer decides what a cell can see. So a profile that others
 * can write to is refused. Each profile is checked completely before its first use, so that a
 * mistake is reported with its place, and does not show up as a run that behaves strangely. Errors
 * have the status EX_CONFIG and "FILE:/pointer" as their place. */
#ifndef EXRUN_RUNNER_LANGUAGE_LANGUAGE_READ_H
#define EXRUN_RUNNER_LANGUAGE_LANGUAGE_READ_H

#include "runner/language/language.h"
#include "runner/text/error.h"

/* Reads the profile in the file @path. The caller must call language_deinit() even on failure. */
int language_read(const char *path, struct language *language, struct error *err);

/* Does the same with the text of a profile, which was read from @path. */
int language_read_text(const char *path, const char *text, size_t size, struct language *language,
                       struct error *err);

#endif
