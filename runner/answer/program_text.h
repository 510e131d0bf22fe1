/* SPDX-License-Identifier: MIT */
/* Names a language and its version for the visitor: "PHP 8.2.29". */
#ifndef EXRUN_RUNNER_ANSWER_PROGRAM_TEXT_H
#define EXRUN_RUNNER_ANSWER_PROGRAM_TEXT_H

#include "runner/language/language.h"

/* Returns the title of @language and the number in @version, which a command printed; if there is no number,
 * all of it. Returns NULL if @version is "", or if memory is short. The caller frees it. */
char *program_text(const struct language *language, const char *version);

#endif
