/* SPDX-License-Identifier: MIT */
/* Collects the status of the service. */
#include "runner/front/front_status.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "runner/front/front.h"
#include "runner/front/front_keys.h"
#include "runner/front/front_plan.h"
#include "runner/front/front_run.h"
#include "runner/front/front_waiters.h"
#include "runner/front/front_warm.h"
#include "runner/front/status.h"
#include "sandbox/base/timing.h"
#include "sandbox/base/utf8.h"

void front_status_note(struct front *front, const struct front_run *run, enum verdict verdict)
{
    const char *example = front_run_label(run, "example");
    uint64_t now_ns = timing_now_ns();

    if (example)
        top_list_note(&front->tally.examples, example);
    front->tally.verdicts[verdict]++;
    if (front_waiters_any(run))
        latency_note(&front->tally.latency, now_ns, (now_ns - run->received_ns) / 1000);
}

/* Returns the milliseconds for which the first of the waiting runs has waited. The list is in the order of
 * their arrival. */
static uint64_t oldest_wait_ms(const struct front *front, uint64_t now_ns)
{
    const struct front_run *run;

    TAILQ_FOREACH(run, &front->runs, entry)
    if (front_run_waits(run))
        return (now_ns - run->received_ns) / 1000000;
    return 0;
}

static void count_keepers(const struct front *front, struct status *status)
{
    static const enum status_state states[N_FRONT_KEEPER_STATES] = {
        [FRONT_KEEPER_ABSENT] = STATUS_ABSENT,    [FRONT_KEEPER_EMPTY] = STATUS_EMPTY,
        [FRONT_KEEPER_MAKING] = STATUS_MAKING,    [FRONT_KEEPER_READY] = STATUS_READY,
        [FRONT_KEEPER_STARTING] = STATUS_RUNNING, [FRONT_KEEPER_RECLAIMING] = STATUS_RECLAIMING,
        [FRONT_KEEPER_ASKED] = STATUS_EMPTY,      [FRONT_KEEPER_LEAVING] = STATUS_RECLAIMING,
    };

    for (size_t i = 0; i < front->keepers.n; i++) {
        const struct front_keeper *keeper = &front->keepers.items[i];
        enum status_state state = states[keeper->state];

        status->keepers[state]++;
        if (state == STATUS_READY)
            status->ready.memory_bytes += keeper->billed_bytes;
        if (state >= STATUS_MAKING && keeper->profile < status->n_profiles)
            status->profiles[keeper->profile].numbers.cells[state - STATUS_MAKING]++;
        if (state == STATUS_READY && keeper->parks && keeper->profile < status->n_profiles)
            status->profiles[keeper->profile].numbers.parked++;
    }
    status->ready.now = status->keepers[STATUS_READY];
    status->ready.most_memory_bytes = front_pool_budget(front);
}

/* Says why the profile's last cell could not be made. */
static void describe_fault(const struct front *front, unsigned int profile, struct status_profile *ret)
{
    const struct front_demand *demand = &front->pool.demand[front_keys_usual(front, profile)];
    struct error err = {0};

    ret->numbers.failures = demand->n_failures;
    if (demand->n_failures == 0)
        return;
    front_plan_tell_make(front, profile, &demand->fault, &err);
    snprintf(ret->fault, sizeof(ret->fault), "%s%s%s", err.what, *err.hint ? "; " : "", err.hint);
    make_printable(ret->fault);
}

/* Says whether the profile has parked cells, and why not. */
static void describe_warm(const struct front *front, unsigned int profile, struct status_profile *ret)
{
    struct error err = {0};

    snprintf(ret->warm, sizeof(ret->warm), "%s", front_warm_word(front->load->warm[profile].state));
    front_warm_tell(front, profile, &err);
    snprintf(ret->warm_reason, sizeof(ret->warm_reason), "%s", err.what);
    make_printable(ret->warm_reason);
}

static int list_profiles(const struct front *front, struct status *status)
{
    status->profiles = calloc(front->load->n_languages + 1, sizeof(*status->profiles));
    if (!status->profiles)
        return -ENOMEM;
    status->n_profiles = front->load->n_languages;
    for (size_t i = 0; i < status->n_profiles; i++) {
        struct status_profile *profile = &status->profiles[i];
        const struct config_pool *pool = &front->load->config.cells.pools[i];
        const struct front_demand *demand = &front->pool.demand[front_keys_usual(front, (unsigned int)i)];

        snprintf(profile->name, sizeof(profile->name), "%s", front->load->languages[i].profile.name);
        profile->is_disabled = switches_have_disabled(&front->switches, profile->name);
        profile->numbers.floor = pool->floor;
        profile->numbers.ceiling = pool->ceiling;
        profile->numbers.arrivals_per_minute = front_demand_per_minute(front, (unsigned int)i);
        profile->numbers.cell_bytes = demand->cell_bytes;
        describe_fault(front, (unsigned int)i, profile);
        describe_warm(front, (unsigned int)i, profile);
        profile->numbers.make_us = demand->make_us;
    }
    return 0;
}

static int list_examples(const struct front *front, struct status *status)
{
    const struct top_entry *first[STATUS_MOST_EXAMPLES];
    ptrdiff_t n = top_list_first(&front->tally.examples, STATUS_MOST_EXAMPLES, first);

    if (n < 0)
        return (int)n;
    status->examples = calloc((size_t)n + 1, sizeof(*status->examples));
    if (!status->examples)
        return -ENOMEM;
    status->n_examples = (size_t)n;
    for (size_t i = 0; i < status->n_examples; i++) {
        snprintf(status->examples[i].name, sizeof(status->examples[i].name), "%s", first[i]->text);
        status->examples[i].numbers.runs = first[i]->n;
        status->examples[i].numbers.over = first[i]->over;
    }
    return 0;
}

static void describe_runs(const struct front *front, struct status *status, uint64_t now_ns)
{
    const struct config *config = &front->load->config;
    const struct latency *latency = &front->tally.latency, *reclaims = &front->tally.reclaims;

    status->running.now = front->keepers.n_running;
    status->running.most = config->cells.running;
    status->running.memory_bytes = front->keepers.memory_running;
    status->running.most_memory_bytes = config->cells.memory_bytes;
    status->queue.length = front->queue.n;
    status->queue.most = front->queue.most;
    status->queue.bytes = front->queue.bytes;
    status->queue.most_bytes = front->queue.most_bytes;
    status->queue.oldest_ms = oldest_wait_ms(front, now_ns);
    status->requests.per_minute = latency_per_minute(latency, now_ns);
    status->requests.count = latency_count(latency, now_ns);
    status->requests.p50_us = latency_quantile_us(latency, now_ns, 500);
    status->requests.p99_us = latency_quantile_us(latency, now_ns, 990);
    status->reclaims.count = latency_count(reclaims, now_ns);
    status->reclaims.p50_us = latency_quantile_us(reclaims, now_ns, 500);
    status->reclaims.p99_us = latency_quantile_us(reclaims, now_ns, 990);
    status->starts.parked = front->keepers.n_starts[RUN_CELL_PARKED];
    status->starts.ready = front->keepers.n_starts[RUN_CELL_READY];
    status->starts.cold = front->keepers.n_starts[RUN_CELL_COLD];
    for (enum verdict verdict = 0; verdict < N_VERDICTS; verdict++)
        status->verdicts[verdict] = front->tally.verdicts[verdict];
}

int front_status(const struct front *front, struct status *ret)
{
    const struct front_tally *tally = &front->tally;
    uint64_t now_ns = timing_now_ns();
    int r;

    *ret = (struct status){.is_draining = front->is_draining};
    snprintf(ret->version, sizeof(ret->version), "%s", front->config->version);
    snprintf(ret->maintenance, sizeof(ret->maintenance), "%s", front->switches.message);
    r = list_profiles(front, ret);
    if (r == 0)
        r = list_examples(front, ret);
    if (r < 0)
        return r;
    ret->service.uptime_ms = (now_ns - tally->hello.started_ns) / 1000000;
    ret->service.connections = front->n_connections;
    ret->service.unreclaimed = tally->unreclaimed;
    ret->service.log_dropped = front_log_dropped(front);
    ret->restarts.front = tally->hello.n_front_restarts;
    ret->restarts.keepers = tally->hello.n_keeper_ends + tally->keepers_ended;
    describe_runs(front, ret, now_ns);
    count_keepers(front, ret);
    return 0;
}
