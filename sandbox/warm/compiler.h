/* SPDX-License-Identifier: MIT */
/* A compiler that is started ahead. It waits in a cell of its own, beside the cell for the program. */
#ifndef EXRUN_SANDBOX_WARM_COMPILER_H
#define EXRUN_SANDBOX_WARM_COMPILER_H

#include <stdbool.h>

#include "sandbox/run/ready.h"

/* Returns true if the profile asks for it, and this machine has all that it needs: its program, and what was
 * prepared for the toolchain. */
bool compiler_can_wait(const struct host *host, const struct profile *profile);

/* Makes a cell in which the compiler waits for a single source. Returns 0 or -errno. The caller must call
 * ready_reclaim() even on failure. */
int compiler_make(struct ready *compiler, const struct host *host, const struct profile *profile,
                  struct fault *fault);

#endif
