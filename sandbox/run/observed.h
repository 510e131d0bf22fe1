/* SPDX-License-Identifier: MIT */
/* What was seen of one run. */
#ifndef EXRUN_SANDBOX_RUN_OBSERVED_H
#define EXRUN_SANDBOX_RUN_OBSERVED_H

#include "sandbox/cell/cell.h"
#include "sandbox/cell/cell_start.h"
#include "sandbox/cell/cgroup_figures.h"
#include "sandbox/run/output.h"
#include "sandbox/run/verdict.h"

/* What was observed. @status: the program's wait status, with END_ITSELF. @limits_hit: a bit for each enum
 * limit. @denied: number of the call that ended the run, with END_DENIED, and the architecture that it was
 * made for. The outputs' data are owned. */
struct observed {
    enum run_end end;
    int status;
    int denied_call;
    uint32_t denied_arch;
    struct cgroup_facts facts;
    uint64_t wall_us;
    uint64_t disk_bytes;
    unsigned int limits_hit;
    struct output output, errors;
    struct output_budget budget;
};

/* Takes what the dead have left in the pipes; a slow sink may take its time, but the caller can still cancel.
 */
void observed_take_rest(struct observed *observed, const struct cell_cancel cancels[CELL_N_CANCELS]);

void observed_deinit(struct observed *observed);
void observed_freep(struct observed **observed);

#endif
