/* SPDX-License-Identifier: MIT */
/* For tests only: layers that can be taken away, so that a check can be seen to fail.
 *
 * In a build with -Dholes=true EXRUN_HOLE names the layers that are missing, with spaces between them; what
 * they are called stands in docs/security.md. In every other build a hole is never there, which the compiler
 * knows: neither the question nor a name of a layer is left in the binary (tests/cli/test_layers.py looks).
 */
#ifndef EXRUN_SANDBOX_BASE_HOLE_H
#define EXRUN_SANDBOX_BASE_HOLE_H

#include <stdbool.h>

#include "config.h"

#if EXRUN_HOLES

/* Is this layer missing? Allocates nothing. */
bool hole(const char *layer);

/* Is any? What looks whether others did their work looks away then. */
bool hole_anywhere(void);

#else

static inline bool hole(const char *layer)
{
    (void)layer;
    return false;
}

static inline bool hole_anywhere(void)
{
    return false;
}

#endif

#endif
