/* SPDX-License-Identifier: MIT */
/* Leaves out a linker's lines about a missing main function. They name files that a visitor doesn't know, and
 * the sentence says the same. */
#ifndef EXRUN_RUNNER_ANSWER_HIDDEN_H
#define EXRUN_RUNNER_ANSWER_HIDDEN_H

#include "runner/language/language.h"
#include "sandbox/run/run.h"

/* Removes the lines that a pattern of @language->hidden matches from the compiler's messages, if compiling
 * failed because the program has no main function. If only blanks and punctuation are left, removes all. A
 * line is compared up to its first 320 bytes. If memory is short, nothing is removed. */
void hidden_remove(struct run_result *result, const struct language *language);

#endif
