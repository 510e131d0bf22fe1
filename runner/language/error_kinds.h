/* SPDX-License-Identifier: MIT */
/* The kinds of errors of a visitor's program that exrun has a sentence for. A profile's patterns name them.
 */
#ifndef EXRUN_RUNNER_LANGUAGE_ERROR_KINDS_H
#define EXRUN_RUNNER_LANGUAGE_ERROR_KINDS_H

#include <stddef.h>

/* Many languages have no bound of their own on how deep calls go: there a recursion ends for memory. */
#define ERROR_MEMORY_REASONS "Is there an endless recursion, or a loop that keeps adding to something?"

/* @word: its name in profiles. @plain: what a visitor is told. @before and @behind: the same around what the
 * pattern's first group holds, or NULL. @of_limit: the limit that it is about, which
 * need not be told again; -1 for none. */
struct error_kind {
    const char *word;
    const char *plain;
    const char *before, *behind;
    int of_limit;
};

extern const struct error_kind error_kinds[];
extern const size_t n_error_kinds;

/* The kind with this name, or -1. */
int error_kind_find(const char *word);

#endif
