/* SPDX-License-Identifier: MIT */
/* The version of a language's program, as its own command prints it. */
#ifndef EXRUN_SANDBOX_PLAN_VERSION_TEXT_H
#define EXRUN_SANDBOX_PLAN_VERSION_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "sandbox/plan/job.h"

enum { VERSION_TEXT_MOST = 128, VERSION_TEXT_ROOM = VERSION_TEXT_MOST + 1 };

/* Returns true if @text is a version: 1 to VERSION_TEXT_MOST bytes of printable ASCII. */
bool version_text_is_fine(const char *text, size_t size);

/* Stores the first line of @output that is not blank, without the blanks around it. Returns false, and stores
 * "", if there is no such line or it is not a version. */
bool version_text_take(const struct bytes *output, char ret[VERSION_TEXT_ROOM]);

#endif
