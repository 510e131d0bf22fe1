/* SPDX-License-Identifier: MIT */
/* Starts the interpreter, or the compiler, of a language ahead, in a cell that was made, and lets it wait
 * there for its program: a parked cell. Nothing of it is shared with another run. Each "interpreter" below
 * can also be a compiler. */
#ifndef EXRUN_SANDBOX_WARM_PARK_H
#define EXRUN_SANDBOX_WARM_PARK_H

#include "sandbox/run/ready.h"

/* The longest that parking may take, of an interpreter and of a compiler, which compiles something first. */
enum { PARK_MOST_MS = 7000, PARK_COMPILER_MOST_MS = 22000 };

/* Parks the interpreter of @profile in @ready, a cell of ready_make() that has entered the kept root of
 * @host, for the command of @job, whose files and input don't matter. Returns 0, or -errno; then the cell
 * can't be used any more. */
int park(struct ready *ready, const struct host *host, const struct profile *profile, const struct job *job,
         struct fault *fault);

/* Looks at the interpreter of @profile that waits in @ready, a cell that park() has filled. @is_thorough:
 * also at its configuration, which takes a millisecond. */
enum park_state park_look(const struct ready *ready, const struct host *host, const struct profile *profile,
                          bool is_thorough);

#endif
