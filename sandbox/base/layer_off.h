/* SPDX-License-Identifier: MIT */
/* For tests only: layers that can be disabled, so that a check can be seen to fail.
 *
 * In a build with -Dlayers_off=true, EXRUN_LAYER_OFF lists the disabled layers, separated by spaces;
 * docs/security.md has their names. In every other build no layer is disabled, and the compiler knows that,
 * so the binary contains neither the check nor the name of a layer (tests/cli/test_layers.py verifies
 * this). An interpreter's own environment is the visitor's, so no layer is disabled in the shim. */
#ifndef EXRUN_SANDBOX_BASE_LAYER_OFF_H
#define EXRUN_SANDBOX_BASE_LAYER_OFF_H

#include <stdbool.h>

#include "config.h"

#if EXRUN_LAYERS_OFF && !defined(EXRUN_SHIM)

/* Returns true if this layer is disabled. Allocates nothing. */
bool layer_off(const char *layer);

/* Returns true if any layer is disabled. If so, code that verifies the work of a layer skips its check. */
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
