/* SPDX-License-Identifier: MIT */
/* For tests only: layers that can be taken away, so that a check can be seen to fail.
 *
 * In a build with -Dlayers_off=true EXRUN_LAYER_OFF names the layers that are missing, with spaces between
 * them; what they are called stands in docs/security.md. In every other build no layer is off, which the
 * compiler knows: neither the question nor a name of a layer is left in the binary (tests/cli/test_layers.py
 * looks).
 */
#ifndef EXRUN_SANDBOX_BASE_LAYER_OFF_H
#define EXRUN_SANDBOX_BASE_LAYER_OFF_H

#include <stdbool.h>

#include "config.h"

#if EXRUN_LAYERS_OFF

/* Is this layer missing? Allocates nothing. */
bool layer_off(const char *layer);

/* Is any? What looks whether others did their work looks away then. */
bool layer_off_any(void);

#else

static inline bool layer_off(const char *layer)
{
    (void)layer;
    return false;
}

static inline bool layer_off_any(void)
{
    return false;
}

#endif

#endif
