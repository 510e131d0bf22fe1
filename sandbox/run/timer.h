/* SPDX-License-Identifier: MIT */
/* Timers that a poll loop can wait for: timerfd_create(2). */
#ifndef EXRUN_SANDBOX_RUN_TIMER_H
#define EXRUN_SANDBOX_RUN_TIMER_H

#include <stdbool.h>
#include <stdint.h>

/* Returns a timer of CLOCK_MONOTONIC, which does not block and which the caller closes, or -errno. */
int timer_open(void);

/* Lets @timer become readable once, @ns from now or, with @is_absolute, at that time. Returns 0 or -errno. */
int timer_arm(int timer, uint64_t ns, bool is_absolute);

#endif
