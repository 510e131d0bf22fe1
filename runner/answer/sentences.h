/* SPDX-License-Identifier: MIT */
/* Writes the sentence for the visitor: a kind, true sentence for each verdict. It names a line of
 * the visitor's file if the language's own error does, and never contains exrun's terms or a path
 * of the host. */
#ifndef EXRUN_RUNNER_ANSWER_SENTENCES_H
#define EXRUN_RUNNER_ANSWER_SENTENCES_H

#include "runner/language/language.h"
#include "sandbox/plan/plan.h"
#include "sandbox/run/run.h"

enum { SENTENCES_ROOM = 640, SENTENCES_SIGNAL_ROOM = 32 };

/* @line: of the entry file, if the text names one; it exists there. 0: it does not. */
struct sentence {
    char text[SENTENCES_ROOM];
    unsigned int line;
};

/* Writes the sentence for @result. */
void sentences_of(const struct run_result *result, const struct plan *plan, const struct language *language,
                  struct sentence *ret);

/* Returns "SIGSEGV" for 11 and "SIGRTMIN+6" for 40: every signal has a name. */
const char *sentences_signal(int number, char text[SENTENCES_SIGNAL_ROOM]);

#endif
