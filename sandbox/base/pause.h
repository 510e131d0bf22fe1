/* SPDX-License-Identifier: MIT */
/* The pause before something that has failed is tried again. */
#ifndef EXRUN_SANDBOX_BASE_PAUSE_H
#define EXRUN_SANDBOX_BASE_PAUSE_H

#include <stdint.h>

/* Returns the nanoseconds to wait if it failed @n_before times in a row before this time: 0.1 s, doubled with
 * each failure, up to 30 s. */
uint64_t pause_ns(unsigned int n_before);

#endif
