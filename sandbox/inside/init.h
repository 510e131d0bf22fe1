/* SPDX-License-Identifier: MIT */
/* PID 1 of a cell. It creates the cell, clones the program's process, gives up its power, and from then on
 * only reaps and reports. Its death kills every process of the cell, and it dies when the outside does. When
 * it has reported that the cell is ready, neither it nor the program's process has any power, and the request
 * need not exist yet. */
#ifndef EXRUN_SANDBOX_INSIDE_INIT_H
#define EXRUN_SANDBOX_INSIDE_INIT_H

#include "sandbox/inside/steps.h"

/* Acts as PID 1 of the cell. Never returns. */
void init_main(struct inside *inside) __attribute__((noreturn));

#endif
