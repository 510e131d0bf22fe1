/* SPDX-License-Identifier: MIT */
/* What a program's own error message says, for a reader who can't read it yet.
 *
 * How a language words its errors stands in its profile ("errors"): patterns, each with a kind of error, and
 * how a line of the visitor's file is named. What a program prints is a stranger's text: it decides no
 * verdict, it is looked at in bounded time, and of it only a line's number and a short word of plain
 * characters can come into a sentence. */
#ifndef EXRUN_RUNNER_ANSWER_EXPLAIN_H
#define EXRUN_RUNNER_ANSWER_EXPLAIN_H

#include "runner/language/error_kinds.h"
#include "runner/language/language.h"
#include "sandbox/base/error.h"
#include "sandbox/plan/job.h"

/* @kind: NULL where no pattern matched. @what: "" where it names nothing. @line: 0 where none is named. */
struct explanation {
    const struct error_kind *kind;
    char what[64];
    unsigned int line;
};

/* Looks through @text, what a program or compiler of @language wrote. The entry file has @n_lines; one that
 * it does not have is never named. */
void explain(const struct language *language, const struct bytes *text, unsigned int n_lines,
             struct explanation *ret);

/* Are all patterns of @language regular expressions? EX_CONFIG with the place where one is not. */
int explain_check(const struct language *language, struct error *err);

#endif
