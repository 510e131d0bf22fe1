/* SPDX-License-Identifier: MIT */
/* The walk on this side. */
#include "sandbox/run/run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/hole.h"
#include "sandbox/cell/ids.h"
#include "sandbox/cell/policy.h"
#include "sandbox/cell/reclaim.h"
#include "sandbox/run/compile_cache.h"

/* We hold it in memory of our own, outside of any cell's limits. */
#define WITHOUT_END_MS 45000 /* with a hole: a test has to end */
#define PRODUCT_MOST_BYTES (UINT64_C(64) << 20)
#define ARTIFACTS_MOST_BYTES (UINT64_C(64) << 20)

void host_close(struct host *host)
{
    cgroup_tree_close(&host->tree);
}

int host_open(struct host *host, struct error *err)
{
    const char *parent;
    int r = cgroup_parent(&parent, err);

    host->tree = (struct cgroup_tree)CGROUP_TREE_NONE;
    host->n_ids = ids_count();
    machine_ask(&host->machine);
    if (r == 0)
        r = cgroup_tree_open(&host->tree, parent, true, err);
    host->machine.can |= host->tree.can;
    if (r < 0)
        host_close(host);
    return r;
}

static struct bytes take_text(struct output *output)
{
    struct bytes text = {.data = output->data, .size = output->size};

    output->data = NULL;
    return text;
}

/* From what was seen to what is told. */
static void judge(struct run_step *step, struct watch_seen *seen, const struct limits *limits,
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

    step->verdict = verdict_decide(&facts);
    if (verdict_is_own_end(step->verdict) && WIFEXITED(seen->status))
        step->exit_code = WEXITSTATUS(seen->status);
    if (verdict_is_own_end(step->verdict) && WIFSIGNALED(seen->status))
        step->signal = WTERMSIG(seen->status);
    step->output = take_text(&seen->output);
    step->errors = take_text(&seen->errors);
    step->output_truncated = seen->output.is_truncated;
    step->errors_truncated = seen->errors.is_truncated;
    step->facts = seen->facts;
    step->wall_us = seen->wall_us;
    step->disk_bytes = seen->disk_bytes;
    step->limits_hit = seen->limits_hit;
    if (seen->end == END_DENIED)
        policy_name_call(seen->denied_arch, seen->denied_call, step->denied, &step->denied_what);
}

/* A reader that has gone wants no more, and the run was ended for it; any other failure to pass output on is
 * to be told. */
static int check_sinks(const struct watch_seen *seen, struct error *err)
{
    const struct {
        int error;
        const char *name;
    } sinks[] = {{seen->output.error, "standard output"}, {seen->errors.error, "standard error"}};

    for (size_t i = 0; i < sizeof(sinks) / sizeof(*sinks); i++)
        if (sinks[i].error < 0 && sinks[i].error != -EPIPE)
            return error_set(err, sinks[i].error, EX_IOERR, sinks[i].name,
                             "what the program printed can't be written: %s", strerror(-sinks[i].error));
    return 0;
}

/* The compile step succeeded: its product is the run's. */
static int fetch_product(const struct cell *cell, const struct plan *plan, const struct run_step *step,
                         struct bytes *ret, struct error *err)
{
    int r = 0;

    if (step->verdict == VERDICT_OK)
        r = artifacts_fetch(cell->workspace, plan->profile->produces, PRODUCT_MOST_BYTES, ret, NULL);
    if (r < 0)
        return error_set(err, r, EX_OSERR, plan->profile->produces, "can't be brought back: %s",
                         strerror(-r));
    return 0;
}

/* We hold them in memory of our own, too. What the program could have written honestly is within its disk and
 * memory; a file with holes, or one with many names, weighs more than its blocks. */
static uint64_t most_of_artifacts(const struct limits *limits)
{
    uint64_t most = limits->disk_bytes < limits->memory_bytes ? limits->disk_bytes : limits->memory_bytes;

    return most < ARTIFACTS_MOST_BYTES ? most : ARTIFACTS_MOST_BYTES;
}

/* Fetches the files that the job asked for. */
static int fetch_artifacts(const struct cell *cell, const struct plan *plan, const struct run_step *step,
                           struct artifacts *ret, struct error *err)
{
    int r = 0;

    if (step->verdict != VERDICT_CANCELLED && step->verdict != VERDICT_ERROR)
        r = artifacts_collect(cell->workspace, plan->job->artifacts, most_of_artifacts(&plan->run.limits),
                              ret);
    if (r < 0)
        return error_set(err, r, EX_OSERR, "/artifacts", "can't be brought back: %s", strerror(-r));
    return 0;
}

/* What is watched over; in a build for tests perhaps less than what was planned. */
static struct limits watched(const struct limits *planned)
{
    struct limits limits = *planned;

    if (hole("wall"))
        limits.wall_ms = WITHOUT_END_MS;
    if (hole("cgroup-cpu"))
        limits.cpu_ms = WITHOUT_END_MS;
    if (hole("output"))
        limits.output_bytes *= 16;
    return limits;
}

/* One step in a cell of its own. @product: where the compile step's goes; NULL for the run step. */
static int walk(const struct host *host, const struct policy *policy, const struct plan *plan,
                const struct plan_step *planned, const struct watch_ways *ways, struct bytes *product,
                struct run_step *step, struct run_result *result, struct error *err)
{
    struct cell_config config = {.tree = &host->tree,
                                 .mounts = plan->profile->mounts,
                                 .n_mounts = plan->profile->n_mounts,
                                 .filter = policy->program.filter ? &policy->program : NULL,
                                 .may_name_calls = host->machine.can & CAN_NAME_CALLS,
                                 .may_exec = planned->may_exec,
                                 .n_ids = host->n_ids,
                                 .limits = planned->limits};
    struct watch_seen *seen = calloc(1, sizeof(*seen));
    struct cell cell;
    int r;

    *step = (struct run_step){.verdict = VERDICT_ERROR, .exit_code = -1};
    if (!seen)
        return error_memory(err);
    memcpy(config.rlimits, planned->rlimits, sizeof(config.rlimits));
    r = cell_make(&cell, &config, err);
    if (r == 0)
        r = cell_adjust(&cell, &planned->limits, err);
    if (r == 0)
        r = cell_start(&cell, planned, ways->cancels, err);
    if (r == 0) {
        struct plan_step step_watched = *planned;

        step_watched.limits = watched(&planned->limits);
        r = watch_cell(&cell, &step_watched, host->machine.n_cpus, ways, seen);
        if (r == WATCH_E_FAILED)
            r = cell_fail(&cell, planned, err);
        else if (r < 0)
            error_set(err, r, EX_OSERR, "", "the run can't be watched: %s", strerror(-r));
        else
            r = check_sinks(seen, err);
    }
    if (r == CELL_E_CANCELLED)
        step->verdict = VERDICT_CANCELLED;
    if (r == 0) {
        judge(step, seen, &planned->limits, !config.may_name_calls);
        /* Nothing is read while somebody may still write to it. */
        if (cell.state == CELL_STOPPED)
            r = product ? fetch_product(&cell, plan, step, product, err)
                        : fetch_artifacts(&cell, plan, step, &result->artifacts, err);
    }
    timing_add(&result->timing, &cell.timing);
    timing_mark(&result->timing, TIMING_FETCH);
    result->unreclaimed |= reclaim_cell(&cell);
    timing_mark(&result->timing, TIMING_RECLAIM);
    watch_seen_deinit(seen);
    free(seen);
    return r < 0 ? r : 0;
}

/* The compile step: its program belongs to the run, or its failure is the answer. */
static int compile(const struct host *host, const struct policy *policy, struct plan *plan,
                   const struct watch_ways *ways, struct bytes *product, struct run_result *result,
                   struct error *err)
{
    /* A compiler is fed nothing, and what it says is kept: it stands in the result. */
    struct watch_ways quiet = {.input = -1, .sinks = {-1, -1}};
    int r;

    memcpy(quiet.cancels, ways->cancels, sizeof(quiet.cancels));
    r = walk(host, policy, plan, &plan->compile, &quiet, product, &result->compile, result, err);
    result->has_compiled = r == 0;
    if (r < 0)
        return r;
    if (product->data)
        plan_add_product(plan, product);
    else
        result->verdict =
            result->compile.verdict == VERDICT_CANCELLED ? VERDICT_CANCELLED : VERDICT_COMPILE_FAILED;
    return 0;
}

/* Takes over what an earlier compile step left. */
static void take_entry(struct compile_cache_entry *entry, struct bytes *product, struct run_result *result)
{
    result->compile = (struct run_step){
        .verdict = VERDICT_OK, .exit_code = 0, .output = entry->output, .errors = entry->errors};
    result->has_compiled = result->was_cached = true;
    *product = entry->product;
    *entry = (struct compile_cache_entry){0};
}

/* The compile step, or what an earlier one of the same sources left. */
static int compile_or_find(const struct host *host, const struct policy *policy, struct plan *plan,
                           const struct watch_ways *ways, struct bytes *product, struct run_result *result,
                           struct error *err)
{
    _cleanup_(compile_cache_close) struct compile_cache cache;
    uint8_t key[COMPILE_CACHE_KEY_BYTES];
    struct compile_cache_entry entry;
    int r;

    compile_cache_open(&cache);
    compile_cache_key(plan, key);
    r = compile_cache_find(&cache, key, &entry);
    timing_mark(&result->timing, TIMING_CACHE);
    if (r < 0)
        return error_memory(err);
    if (r == 0) {
        take_entry(&entry, product, result);
        plan_add_product(plan, product);
        return 0;
    }
    r = compile(host, policy, plan, ways, product, result, err);
    if (r == 0 && product->data) {
        entry = (struct compile_cache_entry){*product, result->compile.output, result->compile.errors};
        compile_cache_store(&cache, key, &entry);
    }
    timing_mark(&result->timing, TIMING_CACHE);
    return r;
}

static int run_steps(const struct host *host, const struct policy *policy, struct plan *plan,
                     const struct watch_ways *ways, struct run_result *result, struct error *err)
{
    struct bytes product = {0};
    int r = 0;

    if (plan->compiles)
        r = compile_or_find(host, policy, plan, ways, &product, result, err);
    if (r == 0 && (!plan->compiles || product.data)) {
        r = walk(host, policy, plan, &plan->run, ways, NULL, &result->run, result, err);
        result->has_run = r == 0;
        result->verdict = result->run.verdict;
    }
    free(product.data);
    return r;
}

int run_plan(const struct host *host, struct plan *plan, const struct watch_ways *ways,
             struct run_result *result, struct error *err)
{
    _cleanup_(policy_deinit) struct policy policy = {0};
    int r = 0;

    *result = (struct run_result){.verdict = VERDICT_ERROR, .timing = result->timing};
    if (host->machine.can & CAN_POLICY)
        r = policy_make(plan->profile, host->machine.can & CAN_NAME_CALLS, &policy, err);
    timing_mark(&result->timing, TIMING_POLICY);
    return r < 0 ? r : run_steps(host, &policy, plan, ways, result, err);
}

static void step_deinit(struct run_step *step)
{
    free(step->output.data);
    free(step->errors.data);
}

void run_result_deinit(struct run_result *result)
{
    step_deinit(&result->compile);
    step_deinit(&result->run);
    artifacts_deinit(&result->artifacts);
    *result = (struct run_result){0};
}
