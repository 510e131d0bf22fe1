/* SPDX-License-Identifier: MIT */
/* Describes the fault of a name. */
#ifndef EXRUN_RUNNER_TEXT_NAME_WORDS_H
#define EXRUN_RUNNER_TEXT_NAME_WORDS_H

#include "sandbox/plan/name_check.h"

/* Returns the words that follow the name in a sentence, or NULL for NAME_FINE. */
const char *name_words(enum name_fault fault);

#endif
