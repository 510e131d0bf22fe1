/* SPDX-License-Identifier: MIT */
/* The kinds of errors in a visitor's program for which exrun has a sentence. The patterns of a
 * profile name them. */
#ifndef EXRUN_RUNNER_LANGUAGE_ERROR_KINDS_H
#define EXRUN_RUNNER_LANGUAGE_ERROR_KINDS_H

#include <stdbool.h>
#include <stddef.h>

/* Many languages don't limit the depth of calls, so there a recursion ends when memory runs out. */
#define ERROR_MEMORY_REASONS "Is there an endless recursion, or a loop that keeps adding to something?"

/* @word: the kind's name in profiles. @plain: the sentence for the visitor. @before and @behind:
 * the same sentence around the text of the pattern's first group, or NULL. @of_limit: the limit
 * that the sentence is about, which need not be named again; -1 if it is not about one. */
struct error_kind {
    const char *word;
    const char *plain;
    const char *before, *behind;
    int of_limit;
    bool is_told_if_fine;     /* also if the program ended normally, or took too long */
    bool is_told_by_compiler; /* also if compiling failed */
    bool is_of_compiler_only; /* not told of a run */
    bool is_of_bytes;         /* not told if all files of the request are UTF-8 */
    bool is_about_line;       /* the compiler's message about it names its line */
};

extern const struct error_kind error_kinds[];
extern const size_t n_error_kinds;

/* Returns the index of the kind called @word, or -1. */
int error_kind_find(const char *word);

#endif
