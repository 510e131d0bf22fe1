/* SPDX-License-Identifier: MIT */
/* Shell patterns, fnmatch(3). They are checked because a malformed pattern would match nothing without an
 * error. */
#ifndef EXRUN_SANDBOX_PLAN_PATTERN_H
#define EXRUN_SANDBOX_PLAN_PATTERN_H

#include "sandbox/plan/name_check.h"

/* Checks @pattern. Its parts between "/" are matched separately. */
enum name_fault pattern_check(const char *pattern);

#endif
