/* SPDX-License-Identifier: MIT */
/* The stages of a run: make a cell, compile if needed, feed, watch, decide, reclaim. */
#ifndef EXRUN_SANDBOX_RUN_RUN_H
#define EXRUN_SANDBOX_RUN_RUN_H

#include "sandbox/base/timing.h"
#include "sandbox/cell/cgroup.h"
#include "sandbox/cell/cgroup_figures.h"
#include "sandbox/plan/plan.h"
#include "sandbox/run/artifacts.h"
#include "sandbox/run/host.h"
#include "sandbox/run/product.h"
#include "sandbox/run/verdict.h"
#include "sandbox/run/watch.h"

/* The outcome of one program. @exit_code: -1 if it did not exit. @signal: 0 if no signal ended it. Both
 * are only set if the program ended by itself (verdict_is_own_end). The texts are owned. */
struct run_outcome {
    enum verdict verdict;
    int exit_code;
    int signal;
    struct bytes output, errors;
    bool output_truncated, errors_truncated;
    struct cgroup_facts facts;
    uint64_t wall_us, disk_bytes;
    unsigned int limits_hit; /* a bit for each enum limit */
    bool lacks_inodes;       /* LIMIT_DISK was reached by the number of files */
    char denied[48];         /* the syscall that ended it; "": none did */
    char denied_what[64];    /* the purpose of that syscall */
};

/* The observations and outcomes of a run. @verdict: that of the whole run. @has_run: false if compiling
 * failed. @was_cached: the compile stage did not run; its product and messages are those of an earlier one.
 * @cell: in which the program ran. @compile_cell: in which it was compiled. @is_of_service: its cell is
 * reclaimed after the answer, which waited @queue_us for its start. @timing: the caller's stopwatch, which
 * continues. @unreclaimed: enum reclaim_left. @program: from a keeper: version_state() after the run. */
struct run_result {
    enum verdict verdict;
    bool has_compiled, has_run, was_cached;
    enum run_cell cell, compile_cell;
    struct run_outcome compile, run;
    enum product_state product; /* if it is not PRODUCT_FINE, the verdict is VERDICT_COMPILE_FAILED */
    struct artifacts artifacts; /* requested files, unless the run was cancelled or exrun failed */
    struct timing timing;
    unsigned int unreclaimed;
    bool is_of_service;
    uint64_t queue_us, program;
};

/* Runs @plan. The caller must have started @result->timing. Returns 0, whatever the program does, or
 * -errno if exrun could not run it. The caller must call run_result_deinit() even on failure. */
int run_plan(const struct host *host, struct plan *plan, const struct run_io *io, struct run_result *result,
             struct fault *fault);

void run_result_deinit(struct run_result *result);

/* Returns how many bytes the artifacts of a run with these limits can have, all together. They are kept in
 * exrun's own memory. */
uint64_t run_most_of_artifacts(const struct limits *limits);

#endif
