/* SPDX-License-Identifier: MIT */
/* Explains a program's own error message to a reader who can't read it yet.
 *
 * A profile describes how its language words errors ("errors"): patterns, each with a kind of
 * error, and how a line of the visitor's file is named. The program's output is untrusted. So it
 * does not decide a verdict, it is searched in bounded time, and only a line number and a short
 * word of printable ASCII can get into a sentence. */
#ifndef EXRUN_RUNNER_ANSWER_EXPLAIN_H
#define EXRUN_RUNNER_ANSWER_EXPLAIN_H

#include "runner/language/error_kinds.h"
#include "runner/language/language.h"
#include "runner/text/error.h"
#include "sandbox/plan/job.h"

/* @kind: NULL if no pattern matched. @what: "" if nothing is named. @line: 0 if no line is
 * named. */
struct explanation {
    const struct error_kind *kind;
    char what[64];
    unsigned int line;
};

enum explain_end { EXPLAIN_ERROR, EXPLAIN_FINE, EXPLAIN_COMPILER };

/* @output: of a program or compiler. @entry: the entry file, with @n_lines; a line beyond them is never
 * named. @job: its other files. @is_utf8: all files of the request are. */
struct explain_input {
    enum explain_end end;
    const struct bytes *output, *entry;
    const struct job *job;
    unsigned int n_lines;
    bool is_utf8;
};

/* Finds the first pattern of @language that applies. */
void explain(const struct language *language, const struct explain_input *input, struct explanation *ret);

/* Checks that all patterns of @language are valid regular expressions. If not, returns -EINVAL with
 * EX_CONFIG and the place of the pattern. */
int explain_check(const struct language *language, struct error *err);

#endif
