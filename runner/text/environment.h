/* SPDX-License-Identifier: MIT */
/* The environment becomes settings: EXRUN_CGROUP, EXRUN_CACHE, EXRUN_CACHE_BYTES, XDG_RUNTIME_DIR,
 * XDG_CACHE_HOME, HOME, PATH; in a build with fault points EXRUN_FAULT. */
#ifndef EXRUN_RUNNER_TEXT_ENVIRONMENT_H
#define EXRUN_RUNNER_TEXT_ENVIRONMENT_H

#include "sandbox/base/error.h"
#include "sandbox/plan/settings.h"

/* Reads the environment as it is now. EX_CONFIG if EXRUN_CGROUP is not a path beneath the root. A cache that
 * can't be had (EXRUN_CACHE_BYTES that is not a size, a path that is too long) is no cache. */
int environment_read(struct settings *ret, struct error *err);

#endif
