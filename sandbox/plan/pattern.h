/* SPDX-License-Identifier: MIT */
/* Patterns of a shell's kind, fnmatch(3). A malformed one would match nothing, and nobody would be told. */
#ifndef EXRUN_SANDBOX_PLAN_PATTERN_H
#define EXRUN_SANDBOX_PLAN_PATTERN_H

#include "sandbox/plan/name_check.h"

/* Checks @pattern, whose parts between "/" are matched each by itself. */
enum name_fault pattern_check(const char *pattern);

#endif
