/* SPDX-License-Identifier: MIT */
/* The walk on this side. */
#include "sandbox/run/run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/cell/policy.h"
#include "sandbox/cell/reclaim.h"
#include "sandbox/run/artifacts.h"

int run_house_open(struct run_house *house, struct error *err)
{
    int r;

    machine_ask(&house->machine);
    r = cgroup_tree_open(&house->tree, err);
    house->machine.can |= house->tree.can;
    return r;
}

void run_house_close(struct run_house *house)
{
    cgroup_tree_close(&house->tree);
}

static uint64_t now_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000U + (uint64_t)now.tv_nsec / 1000;
}

static struct bytes take_text(struct output *output)
{
    struct bytes text = {.data = output->data, .size = output->size};

    output->data = NULL;
    return text;
}

/* From what was seen to what is told. */
static void judge(struct run_step *step, struct watch_seen *seen, const struct limits *limits)
{
    struct verdict_facts facts = {.end = seen->end,
                                  .status = seen->status,
                                  .output_exceeded = seen->budget.is_exceeded,
                                  .oom_kills = seen->facts.oom_kills,
                                  .cpu_us = seen->facts.cpu_us,
                                  .cpu_limit_us = limits->cpu_ms * 1000};

    step->verdict = verdict_decide(&facts);
    if (seen->end == END_ITSELF && WIFEXITED(seen->status))
        step->exit_code = WEXITSTATUS(seen->status);
    if (seen->end == END_ITSELF && WIFSIGNALED(seen->status))
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

/* One step in a cell of its own. @fetch: a file of /box to bring back where the step succeeds; NULL: none. */
static int walk(const struct run_house *house, const struct policy *policy, const struct plan *plan,
                const struct plan_step *planned, const struct watch_ways *ways, const char *fetch,
                struct bytes *ret_fetched, struct run_step *step, struct run_result *result,
                struct error *err)
{
    struct cell_making making = {.tree = &house->tree,
                                 .filter = policy->program.filter ? &policy->program : NULL,
                                 .may_name_calls = house->machine.can & CAN_NAME_CALLS};
    struct watch_seen *seen = calloc(1, sizeof(*seen));
    uint64_t began = now_us(), ended;
    struct cell cell;
    int r;

    *step = (struct run_step){.verdict = VERDICT_ERROR, .exit_code = -1};
    if (!seen)
        return error_memory(err);
    r = cell_make(&cell, &making, plan, planned, err);
    if (r == 0)
        r = cell_start(&cell, planned, err);
    result->prepare_us += now_us() - began;
    if (r == 0) {
        r = watch_cell(&cell, planned, house->machine.n_cpus, ways, seen);
        if (r < 0)
            error_set(err, r, EX_OSERR, "", "the run can't be watched: %s", strerror(-r));
    }
    if (r == 0) {
        judge(step, seen, &planned->limits);
        if (fetch && step->verdict == VERDICT_OK)
            r = artifacts_fetch(cell.workspace, fetch, planned->limits.disk_bytes, ret_fetched);
        if (r < 0)
            error_set(err, r, EX_OSERR, fetch, "can't be brought back: %s", strerror(-r));
    }
    ended = now_us();
    result->unreclaimed |= reclaim_cell(&cell);
    result->reclaim_us += now_us() - ended;
    watch_seen_deinit(seen);
    free(seen);
    return r < 0 ? r : 0;
}

/* The compile step: its program belongs to the run, or its failure is the answer. */
static int compile(const struct run_house *house, const struct policy *policy, struct plan *plan,
                   const struct watch_ways *ways, struct bytes *product, struct run_result *result,
                   struct error *err)
{
    /* A compiler is fed nothing, and what it says is kept: it stands in the result. */
    struct watch_ways quiet = {.input = -1, .sinks = {-1, -1}};
    int r;

    memcpy(quiet.cancels, ways->cancels, sizeof(quiet.cancels));
    r = walk(house, policy, plan, &plan->compile, &quiet, plan->profile->produces, product, &result->compile,
             result, err);
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

static int run_steps(const struct run_house *house, const struct policy *policy, struct plan *plan,
                     const struct watch_ways *ways, struct run_result *result, struct error *err)
{
    struct bytes product = {0};
    int r = 0;

    if (plan->compiles)
        r = compile(house, policy, plan, ways, &product, result, err);
    if (r == 0 && (!plan->compiles || product.data)) {
        r = walk(house, policy, plan, &plan->run, ways, NULL, NULL, &result->run, result, err);
        result->has_run = r == 0;
        result->verdict = result->run.verdict;
    }
    free(product.data);
    return r;
}

int run_plan(const struct run_house *house, struct plan *plan, const struct watch_ways *ways,
             struct run_result *result, struct error *err)
{
    _cleanup_(policy_deinit) struct policy policy = {0};
    uint64_t began = now_us();
    int r = 0;

    *result = (struct run_result){.verdict = VERDICT_ERROR};
    if (house->machine.can & CAN_POLICY)
        r = policy_make(plan->profile, house->machine.can & CAN_NAME_CALLS, &policy, err);
    result->prepare_us = now_us() - began;
    return r < 0 ? r : run_steps(house, &policy, plan, ways, result, err);
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
    *result = (struct run_result){0};
}
