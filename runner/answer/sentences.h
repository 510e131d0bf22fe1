/* SPDX-License-Identifier: MIT */
/* What a visitor is told: one kind, true sentence a verdict, and where the language's own error names a line
 * of their file, that line. Never exrun's own words, never a path of the host. */
#ifndef EXRUN_RUNNER_ANSWER_SENTENCES_H
#define EXRUN_RUNNER_ANSWER_SENTENCES_H

#include "runner/language/language.h"
#include "sandbox/plan/plan.h"
#include "sandbox/run/run.h"

enum { SENTENCES_ROOM = 640, SENTENCES_SIGNAL_ROOM = 32 };

/* Writes what is to be said into @text. */
void sentences_of(const struct run_result *result, const struct plan *plan, const struct language *language,
                  char text[SENTENCES_ROOM]);

/* "SIGSEGV" for 11, "SIGRTMIN+6" for 40: every signal has a name. */
const char *sentences_signal(int number, char text[SENTENCES_SIGNAL_ROOM]);

#endif
