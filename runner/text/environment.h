/* SPDX-License-Identifier: MIT */
/* Reads settings from the environment: EXRUN_CGROUP, EXRUN_CACHE, EXRUN_CACHE_BYTES, EXRUN_SHIM,
 * XDG_RUNTIME_DIR, XDG_CACHE_HOME, HOME, PATH; in a build with fault points EXRUN_FAULT. */
#ifndef EXRUN_RUNNER_TEXT_ENVIRONMENT_H
#define EXRUN_RUNNER_TEXT_ENVIRONMENT_H

#include "runner/text/error.h"
#include "sandbox/plan/settings.h"

/* Reads the environment as it is now. Fails with EX_CONFIG if EXRUN_CGROUP is not a path below the
 * root. Without a usable cache (EXRUN_CACHE_BYTES is not a size, or a path is too long), runs work
 * without one. */
int environment_read(struct settings *ret, struct error *err);

#endif
