/* SPDX-License-Identifier: MIT */
/* Watches one run until it ends.
 *
 * A single poll loop handles everything that can happen: a report from the cell's PID 1, output, input,
 * trapped syscalls, the wall-clock timer, an out-of-memory event, and a request to cancel. The first event
 * that ends the run is the reason why it ended. Then the whole cell is killed, the figures are read from its
 * cgroup, and the rest of the output is read from the pipes.
 *
 * The kernel has no event for CPU time, so a timer reads the cgroup's counter. It fires again at the
 * earliest time at which the rest of the limit could be used up, assuming that every CPU is busy. So a run
 * exceeds its CPU limit by at most about a millisecond for each CPU. */
#ifndef EXRUN_SANDBOX_RUN_WATCH_H
#define EXRUN_SANDBOX_RUN_WATCH_H

#include "sandbox/cell/cell.h"
#include "sandbox/cell/cell_start.h"
#include "sandbox/run/feed.h"
#include "sandbox/run/folder.h"
#include "sandbox/run/observed.h"
#include "sandbox/run/ready.h"
#include "sandbox/run/run_listener.h"

/* @input: relayed to stdin after the plan's own input. @sinks: of stdout and stderr of the run stage;
 * they can begin to pass on during the run (output.h).
 * @listener: is called for the events of both stages. @cancels: end the run.
 * @folder: the cell has an empty /prepared, and if the program ends well, @folder gets what is in it; NULL:
 * nothing of that.
 * @ready: the cell for the run stage, which is still there afterwards; NULL: the run makes and reclaims it.
 * @compiler: likewise for the compile stage, but it is reclaimed if it was used; NULL, or a cell that can't
 * be used: the run makes and reclaims one. @compiles_anew: the cache of compiled programs is not used. */
struct run_io {
    struct feed_source input;
    struct output_sink sinks[2];
    struct run_listener listener;
    struct folder *folder;
    struct ready *ready, *compiler;
    bool compiles_anew;
    struct cell_cancel cancels[CELL_N_CANCELS];
};

/* Nothing comes in, and all output is kept. */
#define RUN_IO_QUIET                                               \
    {                                                              \
        .input = {.fd = -1}, .sinks = { OUTPUT_KEPT, OUTPUT_KEPT } \
    }

/* Outcome of watch_cell(): the program could not be executed. Then cell_fail() returns the reason. */
enum { WATCH_E_FAILED = 1 };

/* Watches the running cell. Returns 0, WATCH_E_FAILED, or -errno. If it returns 0, no process of the program
 * is left, and without @io->ready no process of the cell, unless the cell is CELL_STUCK. The caller frees
 * @seen with observed_freep(), even on failure. */
int watch_cell(struct cell *cell, const struct plan_stage *stage, unsigned int n_cpus,
               const struct run_io *io, struct observed *seen);

#endif
