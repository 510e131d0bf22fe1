/* SPDX-License-Identifier: MIT */
/* Finds out whether a compiler that was started ahead does the same as one that was not. */
#ifndef EXRUN_SANDBOX_WARM_COMPILER_CHECK_H
#define EXRUN_SANDBOX_WARM_COMPILER_CHECK_H

#include "sandbox/warm/check_run.h"

/* Compiles the check program, and one with a mistake, both ways. The check gets the result. */
void compiler_check(const struct checking *checking);

#endif
