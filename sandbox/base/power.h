/* SPDX-License-Identifier: MIT */
/* What this process may do, as the kernel sees it: capabilities(7). */
#ifndef EXRUN_SANDBOX_BASE_POWER_H
#define EXRUN_SANDBOX_BASE_POWER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/capability.h>

/* Are all @n of @needed in force? Where there is no memory to ask with, they are not. */
bool power_has(const cap_value_t *needed, size_t n);

#endif
