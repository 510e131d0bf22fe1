/* SPDX-License-Identifier: MIT */
/* A cell that is made before the run that it is for. */
#ifndef EXRUN_SANDBOX_RUN_READY_H
#define EXRUN_SANDBOX_RUN_READY_H

#include "sandbox/cache/toolchain.h"
#include "sandbox/cell/cell.h"
#include "sandbox/plan/parked.h"
#include "sandbox/run/host.h"

/* State of the files that an interpreter has read: warm/fingerprint.h. */
struct ready_prints {
    uint64_t surface, whole;
};

/* @stage: that it is for. @is_made: one can start in it. @memory_bytes: the limit that its own /proc/meminfo
 * shows; 0: it shows the machine's. @parked: the command for which the interpreter of a parked cell was
 * started. @prints: of the files that it has read. @toolchain: as it was when the cell was made; zeros if
 * the profile compiles and prepares nothing. @parked_cpu_us: CPU time that was charged to the cell when it
 * was parked. After a run, the cell is still there until ready_reclaim(), but @is_made is false. */
struct ready {
    struct cell cell;
    enum stage stage;
    bool is_made, may_exec;
    uint64_t rlimits[N_RLIMITS];
    uint64_t memory_bytes;
    struct parked_command parked;
    struct ready_prints prints;
    uint8_t toolchain[TOOLCHAIN_BYTES];
    uint64_t parked_cpu_us;
};

#define READY_NONE        \
    {                     \
        .cell = CELL_INIT \
    }

/* Makes a cell for a stage of @profile's runs with its normal limits, and waits until all its processes are
 * confined. A limit that can't be enforced here is left out; the plan of the run refuses it. Returns 0 or
 * -errno. The caller must call ready_reclaim() even on failure. */
int ready_make(struct ready *ready, const struct host *host, const struct profile *profile, enum stage stage,
               struct fault *fault);

/* Returns true if @stage can run in the cell after cell_adjust(). */
bool ready_fits(const struct ready *ready, const struct plan_stage *stage);

/* Removes the cell, if there is one. Returns the enum reclaim_left bits of the leftovers. */
unsigned int ready_reclaim(struct ready *ready);

#endif
