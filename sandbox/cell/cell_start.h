/* SPDX-License-Identifier: MIT */
/* Waits for a cell that was made, starts it, and receives its reports. */
#ifndef EXRUN_SANDBOX_CELL_CELL_START_H
#define EXRUN_SANDBOX_CELL_CELL_START_H

#include "sandbox/cell/cell.h"

/* The run is cancelled if poll(2) reports one of @events, or an error, for @fd, and @hears, unless it is
 * NULL, then says so. It reads what has come, which can be something else. -1: unused. */
struct cell_cancel {
    int fd;
    short events;
    bool (*hears)(void *arg);
    void *arg;
};

enum { CELL_N_CANCELS = 2 };

enum { CELL_E_CANCELLED = 1 };

/* Returns true if the run is cancelled by the event that poll(2) has reported for @cancel. */
bool cell_is_cancelled(const struct cell_cancel *cancel);

/* Waits until the cell is made, and all its processes are confined. Then the cell's @timing contains the
 * time that making it took; cell_start() starts a new measurement. Returns 0 or -errno. */
int cell_wait(struct cell *cell, struct fault *fault);

/* Executes the interpreter of @stage, which parks, in a cell that was made and waited for. Returns 0 or
 * -errno. */
int cell_warm_up(struct cell *cell, const struct plan_stage *stage, struct fault *fault);

/* Waits at most @most_ms for a report of the shim. Returns 0 or -errno. */
int cell_expect(struct cell *cell, enum init_event event, unsigned int most_ms, struct fault *fault);

/* Releases the program of @stage in a cell that was made. Can be called only once: fails with FAULT_USED if
 * the cell was started before. Returns 0, CELL_E_CANCELLED, or -errno. Fails with FAULT_TIME_START if the
 * start, which writes the visitor's files, took ten seconds longer than the program may run. If the program
 * can't be executed, this might be reported only later, with INIT_FAILED; see cell_fail(). */
int cell_start(struct cell *cell, const struct plan_stage *stage,
               const struct cell_cancel cancels[CELL_N_CANCELS], struct fault *fault);

/* Fills @fault with FAULT_STEP, for the step that INIT_FAILED reported. Returns -errno. */
int cell_fail(const struct cell *cell, struct fault *fault);

/* Receives one report from the cell's PID 1, and stores the listener that can come with it in @cell. Returns
 * 0, -EPIPE if PID 1 is dead, or another -errno. */
int cell_receive(struct cell *cell, struct init_report *ret_report);

/* Fills @fault for @r, the result of sending a message to the cell. Returns @r, or 0 if PID 1 is gone,
 * because its last report then contains the reason. */
int cell_fail_sent(int r, struct fault *fault);

#endif
