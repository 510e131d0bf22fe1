/* SPDX-License-Identifier: MIT */
/* The observations of one run. */
#ifndef EXRUN_SANDBOX_RUN_OBSERVED_H
#define EXRUN_SANDBOX_RUN_OBSERVED_H

#include "sandbox/cell/cell.h"
#include "sandbox/cell/cell_start.h"
#include "sandbox/cell/cgroup_figures.h"
#include "sandbox/run/output.h"
#include "sandbox/run/verdict.h"

/* The observations. @status: the program's wait status, for END_ITSELF. @denied_call, @denied_arch: the
 * syscall that ended the run, and its architecture (AUDIT_ARCH_*), for END_DENIED. @limits_hit: a bit for
 * each enum limit. @most: peaks that the kernel does not keep. @lacks_inodes: LIMIT_DISK was reached by the
 * number of files. The data of both outputs are owned. */
struct observed {
    enum run_end end;
    int status;
    int denied_call;
    uint32_t denied_arch;
    struct cgroup_facts facts, most;
    uint64_t wall_us;
    uint64_t disk_bytes;
    unsigned int limits_hit;
    bool lacks_inodes;
    struct output output, errors;
    struct output_budget budget;
};

/* Prepares @observed, which starts as zeros, for the two outputs of @cell. @sinks: one for each of them;
 * borrowed. Returns 0 or -ENOMEM; the caller must free it in any case. */
int observed_open(struct observed *observed, const struct cell *cell, const struct output_sink sinks[2],
                  uint64_t most_bytes);

/* Checks facts that don't end a program, and that can only be seen while it runs. @files: limit on open
 * files. The first function includes the second, which is cheaper. */
void observed_look_at_cell(struct observed *observed, const struct cell *cell, uint64_t files);
void observed_look_at_disk(struct observed *observed, const struct cell *cell);

/* Reads the figures of a cell whose processes are dead. */
void observed_read(struct observed *observed, const struct cell *cell);

/* Notes the limits that its figures have reached. */
void observed_note_limits(struct observed *observed, const struct limits *limits);

/* Reads the rest of the output from the pipes. A slow sink may take its time, but the caller can still
 * cancel the run. */
void observed_take_rest(struct observed *observed, const struct cell_cancel cancels[CELL_N_CANCELS]);

void observed_freep(struct observed **observed);

#endif
