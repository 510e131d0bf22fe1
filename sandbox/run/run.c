/* SPDX-License-Identifier: MIT */
/* The stages of a run. */
#include "sandbox/run/run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/layer_off.h"
#include "sandbox/cache/compile_cache.h"
#include "sandbox/cell/cell_start.h"
#include "sandbox/cell/reclaim.h"
#include "sandbox/policy/policy.h"
#include "sandbox/run/stage_cell.h"

#define WITHOUT_END_MS 45000 /* the limit if its layer is disabled, because a test has to end */
#define ARTIFACTS_MOST_BYTES (UINT64_C(64) << 20)

static struct bytes take_text(struct output *output)
{
    struct bytes text = {.data = output->kept.data, .size = output->kept.size};

    output->kept = (struct growing){.data = NULL};
    return text;
}

/* Converts the observations into the outcome of a program. */
static void decide(struct run_outcome *outcome, struct observed *seen, const struct limits *limits,
                   bool filter_kills)
{
    struct verdict_facts facts = {.end = seen->end,
                                  .status = seen->status,
                                  .filter_kills = filter_kills,
                                  .output_exceeded = seen->budget.is_exceeded,
                                  .oom_kills = seen->facts.oom_kills,
                                  .cpu_us = seen->facts.cpu_us,
                                  .cpu_limit_us = limits->cpu_ms * 1000,
                                  .wall_us = seen->wall_us,
                                  .wall_limit_us = limits->wall_ms * 1000};

    outcome->verdict = verdict_decide(&facts);
    if (verdict_is_own_end(outcome->verdict) && WIFEXITED(seen->status))
        outcome->exit_code = WEXITSTATUS(seen->status);
    if (verdict_is_own_end(outcome->verdict) && WIFSIGNALED(seen->status))
        outcome->signal = WTERMSIG(seen->status);
    outcome->output = take_text(&seen->output);
    outcome->errors = take_text(&seen->errors);
    outcome->output_truncated = seen->output.is_truncated;
    outcome->errors_truncated = seen->errors.is_truncated;
    outcome->facts = seen->facts;
    outcome->wall_us = seen->wall_us;
    outcome->disk_bytes = seen->disk_bytes;
    outcome->limits_hit = seen->limits_hit;
    outcome->lacks_inodes = seen->lacks_inodes;
    if (seen->end == END_DENIED)
        policy_name_call(seen->denied_arch, seen->denied_call, outcome->denied, outcome->denied_what);
}

/* A reader that has closed the sink wants no more output, and the run was ended for it. Any other failure
 * to pass output on must be reported. */
static int check_sinks(const struct observed *seen, struct fault *fault)
{
    const int errors[] = {seen->output.error, seen->errors.error};

    for (size_t i = 0; i < sizeof(errors) / sizeof(*errors); i++)
        if (errors[i] < 0 && errors[i] != -EPIPE)
            return fault_set_index(fault, FAULT_SINK, errors[i], i);
    return 0;
}

/* One run. @product is the product of the compile stage; owned. @common: of the cells of both stages. */
struct run {
    const struct host *host;
    struct stage_cell common;
    struct plan *plan;
    const struct run_io *io;
    struct run_result *result;
    struct bytes product;
};

static void run_deinit(struct run *run)
{
    stage_cell_deinit(&run->common);
    free(run->product.data);
}

/* The files of an honest program fit into its disk and memory limits. A file with holes, or one with many
 * names, takes more memory here than on its disk. */
uint64_t run_most_of_artifacts(const struct limits *limits)
{
    uint64_t most = limits->disk_bytes < limits->memory_bytes ? limits->disk_bytes : limits->memory_bytes;

    return most < ARTIFACTS_MOST_BYTES ? most : ARTIFACTS_MOST_BYTES;
}

static int fail_fetch(int r, enum stage stage, struct fault *fault)
{
    fault_set(fault, FAULT_FETCH, r);
    fault->step = (uint16_t)stage;
    return r;
}

/* Fetches what the compiler left, and judges it. Keeps only a product that can be run. */
static int fetch_product(struct run *run, const struct cell *cell)
{
    const struct plan *plan = run->plan;
    enum artifact_missed missed = ARTIFACT_THERE;
    int r =
        artifacts_fetch(cell->workspace, plan->profile->produces, PRODUCT_MOST_BYTES, &run->product, &missed);

    if (r < 0)
        return r;
    if (r == ARTIFACTS_E_NONE)
        run->result->product = missed == ARTIFACT_TOO_LARGE ? PRODUCT_TOO_LARGE : PRODUCT_ABSENT;
    else
        run->result->product = product_check(plan, &run->product);
    if (run->result->product != PRODUCT_FINE)
        free(steal(run->product.data));
    return 0;
}

/* Fetches the product of a compile stage for the run, or the artifacts of a run stage that the job asked
 * for. Returns 0 or -errno. */
static int fetch(struct run *run, const struct cell *cell, const struct run_outcome *outcome,
                 struct fault *fault)
{
    const struct plan *plan = run->plan;
    bool compiles = outcome == &run->result->compile;
    int r = 0;

    /* Nothing is read while a process can still write to it. */
    if (cell->state != CELL_STOPPED)
        return 0;
    if (compiles && outcome->verdict == VERDICT_OK)
        r = fetch_product(run, cell);
    else if (!compiles && outcome->verdict != VERDICT_CANCELLED && outcome->verdict != VERDICT_ERROR)
        r = artifacts_collect(cell->workspace, plan->job->artifacts, run_most_of_artifacts(&plan->run.limits),
                              &run->result->artifacts);
    if (r == 0 && !compiles && run->io->folder && outcome->verdict == VERDICT_OK)
        folder_fetch(cell->workspace, run->io->folder);
    return r < 0 ? fail_fetch(r, compiles ? STAGE_COMPILE : STAGE_RUN, fault) : 0;
}

/* Returns the limits that are enforced. A build for tests can enforce weaker limits than planned. */
static struct limits watched(const struct limits *planned)
{
    struct limits limits = *planned;

    if (layer_off("wall"))
        limits.wall_ms = WITHOUT_END_MS;
    if (layer_off("cgroup-cpu"))
        limits.cpu_ms = WITHOUT_END_MS;
    if (layer_off("output"))
        limits.output_bytes *= 16;
    return limits;
}

/* Watches @stage in the started @cell until it ends. */
static int observe(struct run *run, struct cell *cell, const struct plan_stage *stage,
                   struct run_outcome *outcome, struct fault *fault)
{
    _cleanup_(observed_freep) struct observed *observed = calloc(1, sizeof(*observed));
    struct plan_stage watched_stage = *stage;
    int r;

    if (!observed)
        return fault_memory(fault);
    watched_stage.limits = watched(&stage->limits);
    r = watch_cell(cell, &watched_stage, run->host->machine.n_cpus, run->io, observed);
    if (r == WATCH_E_FAILED)
        return cell_fail(cell, fault);
    if (r < 0)
        return fault_set(fault, FAULT_WATCH, r);
    r = check_sinks(observed, fault);
    if (r < 0)
        return r;
    decide(outcome, observed, &stage->limits, !(run->host->machine.can & CAN_NAME_CALLS));
    return fetch(run, cell, outcome, fault);
}

/* Uses the cell that was made before, if it fits, or makes one. */
static int get_cell(struct run *run, struct cell *cell, const struct plan_stage *stage, struct fault *fault)
{
    struct ready *ready = run->io->ready;
    bool fits = ready && ready_fits(ready, stage);

    if (fits) {
        run->result->cell = ready->parked.argv ? RUN_CELL_PARKED : RUN_CELL_READY;
        ready->is_made = false;
        return 0;
    }
    if (ready)
        run->result->unreclaimed |= ready_reclaim(ready);
    return stage_cell_make(&run->common, stage, run->io->folder != NULL, cell, fault);
}

/* Returns true if a cell that was made before was killed before the program began. The machine kills waiting
 * cells first if it is short of memory. */
static bool was_lost(const struct run *run, const struct fault *fault)
{
    return run->result->cell != RUN_CELL_COLD && (fault->kind == FAULT_KILLED || fault->kind == FAULT_DIED);
}

/* Starts the program in a cell. */
static int start(struct run *run, struct cell *cell, const struct plan_stage *stage, struct fault *fault)
{
    int r = get_cell(run, cell, stage, fault);

    if (r == 0)
        r = cell_adjust(cell, &stage->limits, fault);
    return r < 0 ? r : cell_start(cell, stage, run->io->cancels, fault);
}

static int in_cell(struct run *run, struct cell *cell, const struct plan_stage *stage,
                   struct run_outcome *outcome, struct fault *fault)
{
    const struct run_listener *listener = &run->io->listener;
    int r = start(run, cell, stage, fault);

    if (r < 0 && was_lost(run, fault)) {
        run->result->cell = RUN_CELL_COLD;
        *fault = (struct fault){.kind = FAULT_NONE};
        r = start(run, cell, stage, fault);
    }
    if (r == CELL_E_CANCELLED) {
        outcome->verdict = VERDICT_CANCELLED;
        return 0;
    }
    if (r < 0)
        return r;
    if (listener->started)
        listener->started(listener->arg, outcome == &run->result->compile ? STAGE_COMPILE : STAGE_RUN,
                          run->result->cell);
    return observe(run, cell, stage, outcome, fault);
}

/* Runs one stage in its own cell. If the caller has made one, it also reclaims it, after its answer. */
static int walk(struct run *run, const struct plan_stage *stage, struct run_outcome *outcome,
                struct fault *fault)
{
    struct timing *timing = &run->result->timing;
    struct cell own = CELL_INIT, *cell = run->io->ready ? &run->io->ready->cell : &own;
    int r;

    *outcome = (struct run_outcome){.verdict = VERDICT_ERROR, .exit_code = -1};
    r = in_cell(run, cell, stage, outcome, fault);
    if (r < 0 && fault->kind == FAULT_STEP)
        fault->index = outcome == &run->result->compile ? STAGE_COMPILE : STAGE_RUN;
    timing_add(timing, &cell->timing);
    timing_mark(timing, TIMING_FETCH);
    if (cell == &own)
        run->result->unreclaimed |= reclaim_cell(cell);
    timing_mark(timing, TIMING_RECLAIM);
    return r;
}

/* Returns the compiler that waits if it can compile for this run, or NULL. Gives up one of an older
 * toolchain, because what is compiled is kept as that of the present one. */
static struct ready *waiting_compiler(struct run *run)
{
    struct ready *compiler = run->io->compiler;

    if (!compiler || !compiler->is_made)
        return NULL;
    if (memcmp(compiler->toolchain, run->common.toolchain, sizeof(compiler->toolchain)) != 0) {
        run->result->unreclaimed |= ready_reclaim(compiler);
        return NULL;
    }
    return ready_fits(compiler, &run->plan->compile) ? compiler : NULL;
}

/* Compiles the program. Its product is used by the run stage; if compiling fails, that is the result. */
static int compile(struct run *run, struct fault *fault)
{
    /* A compiler gets no input, and its output is kept, because it is part of the result. */
    const struct run_io *of_run = run->io;
    struct run_io quiet = RUN_IO_QUIET;
    struct run_result *result = run->result;
    int r;

    memcpy(quiet.cancels, of_run->cancels, sizeof(quiet.cancels));
    quiet.listener = of_run->listener;
    quiet.ready = waiting_compiler(run);
    run->io = &quiet;
    r = walk(run, &run->plan->compile, &result->compile, fault);
    run->io = of_run;
    /* It would have its memory until the end of the run. */
    if (quiet.ready)
        result->unreclaimed |= ready_reclaim(quiet.ready);
    result->compile_cell = result->cell;
    result->cell = RUN_CELL_COLD;
    if (r < 0)
        return r;
    result->has_compiled = true;
    if (!run->product.data)
        result->verdict =
            result->compile.verdict == VERDICT_CANCELLED ? VERDICT_CANCELLED : VERDICT_COMPILE_FAILED;
    return 0;
}

/* Takes the product and the messages of an earlier compile stage from @entry. */
static void take_entry(struct run *run, struct compile_cache_entry *entry)
{
    run->result->compile = (struct run_outcome){
        .verdict = VERDICT_OK, .exit_code = 0, .output = entry->output, .errors = entry->errors};
    run->result->has_compiled = run->result->was_cached = true;
    run->product = entry->product;
    *entry = (struct compile_cache_entry){0};
}

/* Compiles the program, unless the cache has the product of the same sources. */
static int compile_or_find(struct run *run, struct fault *fault)
{
    _cleanup_(compile_cache_close) struct compile_cache cache;
    const struct run_outcome *outcome = &run->result->compile;
    uint8_t key[COMPILE_CACHE_KEY_BYTES];
    struct compile_cache_entry entry;
    int r;

    compile_cache_open(&cache, &run->host->settings);
    compile_cache_key(run->plan, run->common.toolchain, key);
    r = compile_cache_find(&cache, key, &entry);
    timing_mark(&run->result->timing, TIMING_CACHE);
    if (r < 0)
        return fault_memory(fault);
    if (r == 0) {
        take_entry(run, &entry);
        /* The entry is fine, but the limits of this run can be lower than those of an earlier one. */
        run->result->product = product_check(run->plan, &run->product);
        if (run->result->product != PRODUCT_FINE) {
            run->result->verdict = VERDICT_COMPILE_FAILED;
            free(steal(run->product.data));
        }
        return 0;
    }
    r = compile(run, fault);
    if (r == 0 && run->product.data) {
        entry = (struct compile_cache_entry){run->product, outcome->output, outcome->errors};
        compile_cache_store(&cache, key, &entry);
    }
    timing_mark(&run->result->timing, TIMING_CACHE);
    return r;
}

static int run_stages(struct run *run, struct fault *fault)
{
    struct run_result *result = run->result;
    int r;

    if (run->plan->compiles) {
        r = run->io->compiles_anew ? compile(run, fault) : compile_or_find(run, fault);
        if (r < 0 || !run->product.data)
            return r;
        plan_add_product(run->plan, &run->product);
    }
    r = walk(run, &run->plan->run, &result->run, fault);
    if (r < 0)
        result->product = product_of_fault(run->plan, fault);
    if (result->product != PRODUCT_FINE) {
        result->verdict = VERDICT_COMPILE_FAILED;
        return 0;
    }
    result->has_run = r == 0;
    result->verdict = result->run.verdict;
    return r;
}

int run_plan(const struct host *host, struct plan *plan, const struct run_io *io, struct run_result *result,
             struct fault *fault)
{
    _cleanup_(run_deinit) struct run run = {.host = host, .plan = plan, .io = io, .result = result};

    *result = (struct run_result){.verdict = VERDICT_ERROR, .timing = result->timing};
    stage_cell_init(&run.common, host, plan->profile);
    timing_mark(&result->timing, TIMING_POLICY);
    return run_stages(&run, fault);
}

static void outcome_deinit(struct run_outcome *outcome)
{
    free(outcome->output.data);
    free(outcome->errors.data);
}

void run_result_deinit(struct run_result *result)
{
    outcome_deinit(&result->compile);
    outcome_deinit(&result->run);
    artifacts_deinit(&result->artifacts);
    *result = (struct run_result){0};
}
