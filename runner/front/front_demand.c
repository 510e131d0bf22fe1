/* SPDX-License-Identifier: MIT */
/* The demand for the cells of a key. */
#include "runner/front/front_demand.h"

#include <math.h>
#include <string.h>

#include "runner/front/front.h"
#include "runner/front/front_keys.h"
#include "runner/front/front_metrics.h"
#include "runner/front/front_run.h"
#include "runner/front/front_variants.h"
#include "runner/front/front_warm.h"
#include "sandbox/base/pause.h"
#include "sandbox/base/timing.h"

#define RATE_SECONDS 60.0
#define MOST_UNPARKED 5 /* failures in a row; then no interpreter of the key waits any more */

void front_demand_decay(struct front_demand *demand, uint64_t now_ns)
{
    if (demand->rate > 0) /* most keys have none */
        demand->rate *= exp(-(double)(now_ns - demand->rate_ns) / (RATE_SECONDS * 1e9));
    demand->rate_ns = now_ns;
}

void front_demand_note_arrival(struct front *front, const struct front_run *run)
{
    unsigned int keys[POOL_KEYS_OF_RUN];
    struct front_demand *demand;

    front_variants_note(front, run);
    if (front_keys_of_run(front, run, keys) == 0 || run->cell == FRONT_CELL_COLD)
        return;
    demand = &front->pool.demand[keys[0]];
    front_demand_decay(demand, timing_now_ns());
    demand->rate += 1 / RATE_SECONDS;
}

uint64_t front_demand_per_minute(const struct front *front, unsigned int profile)
{
    double rate = 0;

    for (unsigned int i = 0; i < front_keys_count(front); i++) {
        struct front_demand demand = front->pool.demand[i];

        if (front_keys_meaning(front, i).profile != profile)
            continue;
        front_demand_decay(&demand, timing_now_ns());
        rate += demand.rate;
    }
    return (uint64_t)(rate * 60 + 0.5);
}

void front_demand_note_make(const struct front_keeper *keeper, const struct wire_ready *ready)
{
    struct front_demand *demand = &keeper->front->pool.demand[keeper->key];
    uint64_t us = ready->make_us;

    demand->make_us = demand->make_us == 0 ? us : (7 * demand->make_us + us) / 8;
    demand->cell_bytes = ready->billed_bytes;
    front_metrics_note_make(keeper->front, keeper->profile, us);
    /* An interpreter has yet to show that it waits. */
    if (!keeper->parks)
        front_demand_note_success(keeper->front, keeper->key);
}

void front_demand_note_success(struct front *front, unsigned int key)
{
    struct front_demand *demand = &front->pool.demand[key];

    demand->n_failures = 0;
    demand->paused_until_ns = 0;
}

bool front_demand_is_broken(const struct front *front, unsigned int profile)
{
    const struct front_demand *demand = &front->pool.demand[front_keys_of_profile(profile, false)];
    bool is_tried = demand->paused_until_ns > timing_now_ns();

    if (demand->n_failures < 2)
        return false;
    for (size_t i = 0; i < front->keepers.n; i++) {
        const struct front_keeper *keeper = &front->keepers.items[i];

        if (keeper->profile != profile || front_keeper_is_outdated(keeper))
            continue;
        if (keeper->state == FRONT_KEEPER_READY)
            return false;
        is_tried |= keeper->state == FRONT_KEEPER_MAKING;
    }
    return is_tried;
}

/* Gives up a variant, or all parked cells of the profile. */
static void end_parking(struct front *front, const struct front_keeper *keeper, const struct fault *fault)
{
    const struct variant *variant = front_keys_meaning(front, keeper->key).variant;

    if (variant)
        front_variants_give_up(front, variant);
    else
        front_warm_end(front, keeper->profile, fault);
}

void front_demand_note_failure(const struct front_keeper *keeper, const struct fault *fault)
{
    struct front *front = keeper->front;
    struct front_demand *demand = &front->pool.demand[keeper->key];
    uint64_t now_ns = timing_now_ns();

    /* Of several cells that were in the making at the same time, the first one counts. */
    if (demand->paused_until_ns > now_ns)
        return;
    demand->fault = *fault;
    demand->paused_until_ns = now_ns + pause_ns(demand->n_failures++);
    if (keeper->parks && demand->n_failures == MOST_UNPARKED)
        end_parking(front, keeper, fault);
    if (!keeper->parks && front_demand_is_broken(front, keeper->profile))
        front_run_give_up_all(front, keeper->profile);
}

void front_demand_forget(struct front *front, unsigned int key)
{
    front->pool.demand[key] = (struct front_demand){.rate_ns = timing_now_ns()};
}

void front_demand_forget_all(struct front *front)
{
    for (unsigned int i = 0; i < POOL_KEYS_ROOM; i++)
        front_demand_forget(front, i);
}

void front_demand_renumber(struct front *front, const unsigned int *map, size_t n)
{
    struct front_demand before[POOL_KEYS_ROOM];

    memcpy(before, front->pool.demand, sizeof(before));
    front_demand_forget_all(front);
    /* The new profiles may give them other commands. */
    front_variants_deinit(&front->variants);
    for (unsigned int i = 0; i < 2 * n; i++) {
        const unsigned int profile = map[i / 2];
        const bool parks = i % 2;
        const struct front_demand *old = &before[front_keys_of_profile(i / 2, parks)];

        if (profile != FRONT_NO_PROFILE)
            front->pool.demand[front_keys_of_profile(profile, parks)] =
                (struct front_demand){.rate = old->rate,
                                      .rate_ns = old->rate_ns,
                                      .make_us = old->make_us,
                                      .cell_bytes = old->cell_bytes};
    }
}
