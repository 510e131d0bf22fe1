/* SPDX-License-Identifier: MIT */
/* How soon a process that was woken runs if another one has its processor. None of this changes its share of
 * the processors, and the first two functions need no privilege. */
#ifndef EXRUN_SANDBOX_BASE_SCHEDULING_H
#define EXRUN_SANDBOX_BASE_SCHEDULING_H

#include <stdbool.h>

/* Returns false if the caller of exrun chose a scheduling policy, which then stays as it is. */
bool scheduling_is_usual(void);

/* Soon: it asks for little time in one go, so it interrupts those that ask for more (sched_setattr(2),
 * sched_runtime; since Linux 6.12, before which it changes nothing). Otherwise a program that has written
 * runs on for up to 2 ms before its reader does. Returns 0 or -errno. */
int scheduling_be_prompt(void);

/* Last: it interrupts nobody (SCHED_BATCH, sched(7)). Those that were just woken run first. Returns 0 or
 * -errno. */
int scheduling_give_way(void);

/* As every program, whatever the caller had. Returns 0, -EPERM if the caller had less, which only a
 * privileged process can raise, or another -errno. */
int scheduling_be_usual(void);

#endif
