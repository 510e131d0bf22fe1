/* SPDX-License-Identifier: MIT */
/* Functions that are called for the events of a run. */
#ifndef EXRUN_SANDBOX_RUN_RUN_LISTENER_H
#define EXRUN_SANDBOX_RUN_RUN_LISTENER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sandbox/plan/plan.h"

struct cell;

/* A function can be NULL; zeroed, all are. They are called with @arg, and must not wait. @started: the
 * program of a stage has started. @took: @n bytes of live input are in the program's pipe, or the program
 * reads no more. @waits: whether it waits for input now. @lives: often while a program runs, and at least
 * each 50 ms.
 */
struct run_listener {
    void *arg;
    void (*started)(void *arg, enum stage stage, enum run_cell cell);
    void (*took)(void *arg, size_t n);
    void (*waits)(void *arg, bool waits);
    void (*lives)(void *arg, const struct cell *cell);
};

#endif
