/* SPDX-License-Identifier: MIT */
/* What a program's own error message says, for a reader who can't read it yet.
 *
 * How a language words its errors stands in its profile ("errors"): patterns, each with a kind of error, and
 * how a line of the visitor's file is named. What a program prints is a stranger's text: it decides no
 * verdict, it is looked at in bounded time, and of it only a line's number and a short word of plain
 * characters can come into a sentence. */
#ifndef EXRUN_RUNNER_OUTPUT_EXPLAIN_H
#define EXRUN_RUNNER_OUTPUT_EXPLAIN_H

#include "sandbox/base/error.h"
#include "sandbox/plan/job.h"
#include "sandbox/plan/profile.h"

/* Many languages have no bound of their own on how deep calls go: there a recursion ends for memory. */
#define EXPLAIN_MEMORY_REASONS "Is there an endless recursion, or a loop that keeps adding to something?"

/* @word: its name in profiles. @plain: what a visitor is told. @before and @behind: the same around what the
 * pattern's first group holds, or NULL. @of_limit: the limit that it is about, which
 * need not be told again; -1 for none. */
struct explain_kind {
    const char *word;
    const char *plain;
    const char *before, *behind;
    int of_limit;
};

extern const struct explain_kind explain_kinds[];
extern const size_t explain_n_kinds;

/* The kind with this name, or -1. */
int explain_find_kind(const char *word);

/* @kind: NULL where no pattern matched. @what: "" where it names nothing. @line: 0 where none is named. */
struct explanation {
    const struct explain_kind *kind;
    char what[64];
    unsigned int line;
};

/* Looks through @text, what a program or compiler of @profile wrote. The entry file has @n_lines; one that it
 * does not have is never named. */
void explain(const struct profile *profile, const struct bytes *text, unsigned int n_lines,
             struct explanation *ret);

/* Are all patterns of @profile regular expressions? EX_CONFIG with the place where one is not. */
int explain_check(const struct profile *profile, struct error *err);

#endif
