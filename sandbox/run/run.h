/* SPDX-License-Identifier: MIT */
/* The walk on this side: take a cell, compile?, feed, watch, judge, reclaim. */
#ifndef EXRUN_SANDBOX_RUN_RUN_H
#define EXRUN_SANDBOX_RUN_RUN_H

#include "sandbox/base/timing.h"
#include "sandbox/cell/cgroup.h"
#include "sandbox/cell/cgroup_figures.h"
#include "sandbox/plan/plan.h"
#include "sandbox/run/artifacts.h"
#include "sandbox/run/host.h"
#include "sandbox/run/verdict.h"
#include "sandbox/run/watch.h"

/* How one program ended. @exit_code: -1 where it did not exit; @signal: 0 where no signal ended it; both are
 * told only of an end of its own (verdict_is_own_end). Texts are owned. */
struct run_outcome {
    enum verdict verdict;
    int exit_code;
    int signal;
    struct bytes output, errors;
    bool output_truncated, errors_truncated;
    struct cgroup_facts facts;
    uint64_t wall_us, disk_bytes;
    unsigned int limits_hit; /* a bit for each enum limit */
    char denied[48];         /* the system call that ended it; "" for none */
    const char *denied_what;
};

/* All that was observed of a run. @verdict is that of the whole. @has_run: false where compiling failed.
 * @was_cached: the compile stage did not run, its product and words are those of an earlier one.
 * @timing: the caller's stopwatch, going on. @unreclaimed: enum reclaim_left. */
struct run_result {
    enum verdict verdict;
    bool has_compiled, has_run, was_cached;
    struct run_outcome compile, run;
    struct artifacts artifacts; /* what the job asked for, where the program ran to an end of any kind */
    struct timing timing;
    unsigned int unreclaimed;
};

/* Runs @plan; the caller has started @result->timing. What the program does is no error; what exrun could not
 * do is. run_result_deinit() in any case.
 */
int run_plan(const struct host *host, struct plan *plan, const struct run_io *io, struct run_result *result,
             struct fault *fault);

void run_result_deinit(struct run_result *result);

#endif
