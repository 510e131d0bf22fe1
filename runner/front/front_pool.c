/* SPDX-License-Identifier: MIT */
/* Asks the pool, and does what it decides. */
#include "runner/front/front_pool.h"

#include <errno.h>
#include <string.h>

#include "runner/front/due.h"
#include "runner/front/front.h"
#include "runner/front/front_cell.h"
#include "runner/front/front_demand.h"
#include "runner/front/front_keys.h"
#include "runner/front/front_memory.h"
#include "runner/front/front_orders.h"
#include "runner/front/front_plan.h"
#include "runner/front/front_run.h"
#include "runner/front/front_variants.h"
#include "runner/front/front_versions.h"
#include "runner/front/front_warm.h"
#include "runner/front/pool_targets.h"
#include "sandbox/base/timing.h"

#define SECOND_NS UINT64_C(1000000000)
#define AGE_NS (600 * SECOND_NS)
#define IDLE_NS (60 * SECOND_NS)
#define MOST_WAITING_BYTES (UINT64_C(512) << 20)
#define FIRST_MAKE_US 5000 /* until one was measured */

/* The state of each keeper, as far as the pool can use it. */
static struct pool_keeper seen_by_pool(const struct front_keeper *keeper)
{
    static const enum pool_state states[N_FRONT_KEEPER_STATES] = {
        [FRONT_KEEPER_ABSENT] = POOL_ABSENT, [FRONT_KEEPER_EMPTY] = POOL_EMPTY,
        [FRONT_KEEPER_MAKING] = POOL_MAKING, [FRONT_KEEPER_READY] = POOL_READY,
        [FRONT_KEEPER_STARTING] = POOL_BUSY, [FRONT_KEEPER_RECLAIMING] = POOL_BUSY,
        [FRONT_KEEPER_ASKED] = POOL_BUSY,    [FRONT_KEEPER_LEAVING] = POOL_LEAVING,
    };

    bool waits = keeper->state == FRONT_KEEPER_READY || keeper->state == FRONT_KEEPER_EMPTY;

    return (struct pool_keeper){.state = states[keeper->state],
                                .key = keeper->key,
                                .since_ns = waits || keeper->run ? keeper->since_ns : 0,
                                .bytes = keeper->billed_bytes,
                                .has_run = keeper->run != NULL,
                                .is_outdated = front_keeper_is_outdated(keeper)};
}

/* A tenth of the memory, but no more than several hundred parked interpreters need. */
uint64_t front_pool_budget(const struct front *front)
{
    uint64_t share = front->load->settings.memory_bytes / 10;

    return share < MOST_WAITING_BYTES ? share : MOST_WAITING_BYTES;
}

/* The input of one decision. */
struct sight {
    struct pool_keeper keepers[POOL_MOST_KEEPERS];
    struct pool_key keys[POOL_KEYS_ROOM];
    struct queue_run *order[POOL_MOST_KEEPERS];
    struct pool_run queue[POOL_MOST_KEEPERS];
    unsigned int wanted[POOL_KEYS_ROOM]; /* of each key, by runs that can have no other cell */
    struct pool_view view;
};

/* The configuration's floor is for the usual runs; the others have what they ask for. A profile that is to be
 * checked in a moment has none until then, because its cells would be of the other key. */
static unsigned int floor_of(const struct front *front, unsigned int profile, unsigned int key)
{
    if (key != front_keys_usual(front, profile) || front_warm_is_patient(front, profile))
        return 0;
    return (unsigned int)front->load->config.cells.pools[profile].floor;
}

static struct pool_key key_seen_by_pool(const struct front *front, unsigned int key)
{
    const unsigned int profile = front_keys_meaning(front, key).profile;
    const struct config_pool *pool = &front->load->config.cells.pools[profile];
    const struct front_demand *demand = &front->pool.demand[key];

    return (struct pool_key){.rate = demand->rate,
                             .make_us = demand->make_us > 0 ? demand->make_us : FIRST_MAKE_US,
                             .floor = floor_of(front, profile, key),
                             .ceiling = (unsigned int)pool->ceiling,
                             .paused_until_ns = demand->paused_until_ns,
                             .surplus_since_ns = demand->surplus_since_ns,
                             .bytes = demand->cell_bytes,
                             .is_enabled = front_keys_allow(front, key)};
}

static void fill_keys(const struct front *front, struct sight *sight)
{
    for (unsigned int i = 0; i < front_keys_count(front); i++) {
        sight->keys[i] = key_seen_by_pool(front, i);
        sight->keys[i].wanted = sight->wanted[i];
    }
}

/* Notes since when each key has had more waiting cells than it should. */
static void note_surplus(struct front *front, const struct sight *sight)
{
    unsigned int targets[POOL_KEYS_ROOM], n_ready[POOL_KEYS_ROOM] = {0};

    pool_targets(&sight->view, targets);
    for (size_t i = 0; i < front->keepers.n; i++)
        if (sight->keepers[i].state == POOL_READY && !sight->keepers[i].is_outdated)
            n_ready[sight->keepers[i].key]++;
    for (size_t i = 0; i < front_keys_count(front); i++) {
        struct front_demand *demand = &front->pool.demand[i];

        if (n_ready[i] <= targets[i])
            demand->surplus_since_ns = 0;
        else if (demand->surplus_since_ns == 0)
            demand->surplus_since_ns = sight->view.now_ns;
    }
}

/* Returns how many further asynchronous runs may start. They leave a place to those for which somebody waits,
 * unless there is only one: then they would never start, and every eighth start is few enough. */
static size_t async_places(const struct front *front)
{
    size_t running = front->load->config.cells.running, most = running > 1 ? running - 1 : running;

    return most > front->keepers.n_async ? most - front->keepers.n_async : 0;
}

/* Counts the cell that a run wants. Returns true if the run may start, as far as its kind of cell goes. */
static bool has_cell(struct front *front, const struct front_run *run, struct sight *sight)
{
    unsigned int keys[POOL_KEYS_OF_RUN];

    if (run->cell == FRONT_CELL_ANY)
        return true;
    front_variants_note(front, run); /* its command can have given way meanwhile */
    if (run->cell != FRONT_CELL_COLD && front_keys_of_run(front, run, keys) > 0)
        sight->wanted[keys[0]]++;
    return front_cell_is_there(front, run);
}

/* Stores the next runs in the fair order, without those that wait for a kind of cell. They take no place of
 * others. Returns their number. */
static size_t order_runs(struct front *front, struct sight *sight)
{
    const size_t most = front->keepers.n, places = async_places(front), n_choosy = front->queue.n_choosy;
    /* As many can be left out because they wait for a cell, and as asynchronous ones for which those made
     * room. */
    const size_t room = most + 2 * n_choosy;
    size_t n = queue_order(&front->queue, sight->order, room < POOL_MOST_KEEPERS ? room : POOL_MOST_KEEPERS,
                           places + n_choosy);
    size_t kept = 0, n_async = 0;

    for (size_t i = 0; i < n; i++) {
        struct queue_run *link = sight->order[i];

        if (!has_cell(front, front_run_of(link), sight) || kept == most ||
            (link->is_async && n_async == places))
            continue;
        n_async += link->is_async;
        sight->order[kept++] = link;
    }
    return kept;
}

/* Lists the runs that may start, in the fair order. */
static void fill_queue(struct front *front, struct sight *sight)
{
    static const enum pool_cells cells[N_FRONT_CELLS] = {
        [FRONT_CELL_COLD] = POOL_NEW, [FRONT_CELL_READY] = POOL_WAITING, [FRONT_CELL_PARKED] = POOL_WAITING};
    size_t n;

    memset(sight->wanted, 0, sizeof(sight->wanted));
    n = order_runs(front, sight);
    sight->view.n_queue = front_memory_choose(front, sight->order, n);
    for (size_t i = 0; i < sight->view.n_queue; i++) {
        const struct front_run *run = front_run_of(sight->order[i]);
        struct pool_run *seen = &sight->queue[i];

        *seen = (struct pool_run){.cells = cells[run->cell], .memory_bytes = front_plan_cell_bytes(run)};
        seen->n_keys = front_keys_of_run(front, run, seen->keys);
    }
}

static void look(struct front *front, struct sight *sight)
{
    const struct config *config = &front->load->config;
    const unsigned int n_cpus = front->config->machine->n_cpus;

    for (size_t i = 0; i < front->keepers.n; i++)
        sight->keepers[i] = seen_by_pool(&front->keepers.items[i]);
    sight->view = (struct pool_view){.now_ns = timing_now_ns(),
                                     .keepers = sight->keepers,
                                     .n_keepers = front->keepers.n,
                                     .keys = sight->keys,
                                     .n_keys = front_keys_count(front),
                                     .queue = sight->queue,
                                     .may_run = config->cells.running,
                                     .n_running = front->keepers.n_running,
                                     .memory_bytes = config->cells.memory_bytes,
                                     .memory_running = front->keepers.memory_running,
                                     .waiting_bytes = front_pool_budget(front),
                                     .makers = n_cpus > 3 ? n_cpus / 2 : 1,
                                     .age_ns = AGE_NS,
                                     .idle_ns = IDLE_NS,
                                     .last_conversion_ns = front->pool.last_conversion_ns,
                                     .held_since_ns = front->pool.held_since_ns,
                                     .is_draining = front->is_draining};
    for (size_t i = 0; i < front_keys_count(front); i++)
        front_demand_decay(&front->pool.demand[i], sight->view.now_ns);
    fill_queue(front, sight);
    fill_keys(front, sight);
    note_surplus(front, sight);
    fill_keys(front, sight);
}

static void carry_out(struct front *front, const struct sight *sight, const struct pool_action *action)
{
    struct front_keeper *keeper = &front->keepers.items[action->keeper];

    switch (action->act) {
    case POOL_START:
        front_keeper_start(keeper, front_run_of(sight->order[action->run]));
        return;
    case POOL_MAKE:
        if (action->is_conversion)
            front->pool.last_conversion_ns = sight->view.now_ns;
        front_keeper_make(keeper, action->key);
        return;
    case POOL_DROP:
        front_keeper_drop(keeper);
        return;
    case POOL_RETIRE:
        front_keeper_retire(keeper);
        return;
    }
}

static void wake_at(struct front *front, uint64_t wake_ns)
{
    uint64_t deadline_ns = queue_deadline_ns(&front->queue);

    due_set(front->pool.waking, deadline_ns < wake_ns ? deadline_ns : wake_ns);
}

static void on_decide(evutil_socket_t fd, short what, void *arg)
{
    static struct sight sight;
    static struct pool_action actions[POOL_MOST_KEEPERS];
    struct front *front = arg;
    uint64_t wake_ns;
    bool is_held;
    size_t n;

    (void)fd;
    (void)what;
    front_run_expire(front);
    front_variants_tidy(front);
    look(front, &sight);
    n = pool_decide(&sight.view, actions, &wake_ns, &is_held);
    if (!is_held)
        front->pool.held_since_ns = 0;
    else if (front->pool.held_since_ns == 0)
        front->pool.held_since_ns = sight.view.now_ns;
    for (size_t i = 0; i < n; i++)
        carry_out(front, &sight, &actions[i]);
    /* A version takes less time than a check. */
    if (n == 0 && !front_versions_ask(front))
        front_warm_ask(front);
    wake_at(front, wake_ns);
}

void front_pool_decide_now(struct front *front)
{
    event_active(front->pool.deciding, EV_TIMEOUT, 0);
}

/* A timer runs after the events of all descriptors. */
void front_pool_decide(struct front *front)
{
    const struct timeval at_once = {0};

    event_add(front->pool.deciding, &at_once);
}

/* Answers of this moment go first here too. */
static void on_wake(evutil_socket_t fd, short what, void *arg)
{
    (void)fd;
    (void)what;
    front_pool_decide(arg);
}

int front_pool_init(struct front *front)
{
    front->pool.deciding = event_new(front->base, -1, 0, on_decide, front);
    front->pool.waking = event_new(front->base, -1, 0, on_wake, front);
    if (!front->pool.deciding || !front->pool.waking)
        return -ENOMEM;
    front_demand_forget_all(front);
    return 0;
}

void front_pool_deinit(struct front *front)
{
    if (front->pool.deciding)
        event_free(front->pool.deciding);
    if (front->pool.waking)
        event_free(front->pool.waking);
}
