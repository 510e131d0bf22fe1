/* SPDX-License-Identifier: MIT */
/* The identity of what a profile builds and runs programs with: its commands, environment, mounts and own
 * files, the compiler, and the packages of the machine. Another toolchain never gets what was made with this
 * one. */
#ifndef EXRUN_SANDBOX_CACHE_TOOLCHAIN_H
#define EXRUN_SANDBOX_CACHE_TOOLCHAIN_H

#include <stdint.h>

#include "sandbox/plan/profile.h"

enum { TOOLCHAIN_BYTES = 32 };

/* Stores the SHA-256 of the identity. */
void toolchain_digest(const struct profile *profile, uint8_t ret[TOOLCHAIN_BYTES]);

#endif
