/* SPDX-License-Identifier: MIT */
/* What is wrong with a name, in words. */
#ifndef EXRUN_RUNNER_TEXT_NAME_WORDS_H
#define EXRUN_RUNNER_TEXT_NAME_WORDS_H

#include "sandbox/plan/name_check.h"

/* Returns what follows the name in a sentence; NULL for NAME_FINE. */
const char *name_words(enum name_fault fault);

#endif
