/* SPDX-License-Identifier: MIT */
/* Checks the faults that keepers report, because one that was taken over could choose any numbers. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_FAULT_H
#define EXRUN_RUNNER_FRONT_FRONT_FAULT_H

#include <stdbool.h>

#include "sandbox/base/fault.h"

struct front_keeper;

/* Returns true if @fault is one that a keeper can have, and each of its numbers is within its table. */
bool front_fault_is_fine(const struct fault *fault, const struct front_keeper *keeper);

#endif
