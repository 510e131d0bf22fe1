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

#endif
