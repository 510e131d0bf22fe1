/* SPDX-License-Identifier: MIT */
/* A made cell is waited for, started, and heard. */
#ifndef EXRUN_SANDBOX_CELL_CELL_START_H
#define EXRUN_SANDBOX_CELL_CELL_START_H

#include "sandbox/cell/cell.h"

/* The run is cancelled if @fd has one of the poll(2) @events, or an error. -1: none. */
struct cell_cancel {
    int fd;
    short events;
};

enum { CELL_N_CANCELS = 2 };

enum { CELL_E_CANCELLED = 1 };

/* Waits until the cell is made, and all in it is confined. From then on @timing of the cell holds what making
 * it took; cell_start() begins it anew. */
int cell_wait(struct cell *cell, struct fault *fault);

/* Releases the program of @stage in the made cell, once: FAULT_USED, if it was started before. Returns 0;
 * CELL_E_CANCELLED; or -errno, FAULT_TIME_START if the start, which writes the visitor's files, took ten
 * seconds longer than the program may take. That the program could not be executed may only be reported
 * later, by INIT_FAILED: cell_fail(). */
int cell_start(struct cell *cell, const struct plan_stage *stage,
               const struct cell_cancel cancels[CELL_N_CANCELS], struct fault *fault);

/* Says why INIT_FAILED was reported: FAULT_STEP. Returns -errno. */
int cell_fail(const struct cell *cell, struct fault *fault);

/* Takes one report of the cell's PID 1, and what it carries. -EPIPE where PID 1 is dead. */
int cell_receive(struct cell *cell, struct init_report *ret_report);

/* What it means that a message could not be sent to the cell: once PID 1 is gone, what it said last tells
 * why, and this is 0. */
int cell_fail_sent(int r, struct fault *fault);

#endif
