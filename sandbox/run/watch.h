/* SPDX-License-Identifier: MIT */
/* Watching one run to its end.
 *
 * One poll loop holds everything that can happen: a report of the cell's PID 1, output, input, stopped system
 * calls, the wall's timer, an out-of-memory, the caller's wish to cancel. The first event that ends the run
 * decides why it ended; then the cell is killed whole, the figures are read from its cgroup, and what is left
 * in the pipes is taken.
 *
 * CPU time has no event of its own, so a timer asks the cgroup, and asks again after the time in which the
 * rest could be used up at the earliest, with every processor busy: so no run overruns by more than about a
 * millisecond a processor. */
#ifndef EXRUN_SANDBOX_RUN_WATCH_H
#define EXRUN_SANDBOX_RUN_WATCH_H

#include "sandbox/cell/cell.h"
#include "sandbox/cell/cell_start.h"
#include "sandbox/cell/cgroup_figures.h"
#include "sandbox/run/observed.h"

/* @input: what is relayed to stdin behind the plan's own input; -1: nothing. @sinks: where stdout and stderr
 * go as they come; -1: they are kept. */
struct run_io {
    int input;
    int sinks[2];
    struct cell_cancel cancels[CELL_N_CANCELS];
};

/* Outcome of watch_cell(): the program could not be executed, cell_fail() says why. */
enum { WATCH_E_FAILED = 1 };

/* Watches the running cell. When this returns 0, no process of it lives any more, or it is CELL_STUCK.
 * observed_deinit() in any case. */
int watch_cell(struct cell *cell, const struct plan_stage *stage, unsigned int n_cpus,
               const struct run_io *io, struct observed *seen);

#endif
