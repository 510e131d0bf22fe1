/* SPDX-License-Identifier: MIT */
/* The pool's rules, in their order: start, make, convert, drop, retire. */
#include "runner/front/pool.h"

#include <string.h>

#include "runner/front/pool_targets.h"

#define CONVERSION_NS UINT64_C(100000000) /* at least between two conversions */
#define BEGINNING_NS UINT64_C(5000000)    /* a program that only prints has ended by then */
#define HELD_NS UINT64_C(20000000)        /* the longest that runs which begin hold up a make */
#define NONE ((size_t)-1)

/* What is decided so far. @n_ready, @n_making: cells of each key that no run has. @ready_bytes,
 * @making_bytes: their memory. @is_used: keepers that have an action. @n_makers: keepers that make a cell
 * that no run waits for. @n_beginning: runs that began just now; @beginning_ns: time at which the first of
 * them no longer counts. @is_held: a make waits for them. */
struct decision {
    const struct pool_view *view;
    unsigned int targets[POOL_KEYS_ROOM], n_ready[POOL_KEYS_ROOM], n_making[POOL_KEYS_ROOM];
    uint64_t ready_bytes, making_bytes;
    bool is_used[POOL_MOST_KEEPERS], is_held;
    size_t n_makers, n_beginning, n_actions;
    uint64_t beginning_ns;
    struct pool_action *actions;
    uint64_t wake_ns;
};

/* Counts @n further cells in the making, one or minus one, that no run waits for. */
static void count_making(struct decision *decision, unsigned int key, int n)
{
    decision->n_making[key] += (unsigned int)n;
    decision->n_makers += (size_t)n;
    decision->making_bytes += (uint64_t)n * decision->view->keys[key].bytes;
}

static void note_beginning(struct decision *decision, uint64_t since_ns)
{
    uint64_t end_ns = since_ns + BEGINNING_NS;

    if (since_ns == 0 || end_ns <= decision->view->now_ns)
        return;
    decision->n_beginning++;
    if (decision->n_beginning == 1 || end_ns < decision->beginning_ns)
        decision->beginning_ns = end_ns;
}

static void act(struct decision *decision, const struct pool_action *action)
{
    const struct pool_keeper *keeper = &decision->view->keepers[action->keeper];

    decision->is_used[action->keeper] = true;
    if (keeper->state == POOL_READY) {
        decision->ready_bytes -= keeper->bytes;
        if (!keeper->is_outdated)
            decision->n_ready[keeper->key]--;
    }
    if (keeper->state == POOL_MAKING)
        count_making(decision, keeper->key, -1);
    if (action->act == POOL_MAKE)
        count_making(decision, action->key, 1);
    if (action->act == POOL_START)
        note_beginning(decision, decision->view->now_ns);
    decision->actions[decision->n_actions++] = *action;
}

/* Returns true if @keeper is better for a cell of @key than @best. Of ready ones, the oldest cell comes
 * first. An empty one may still have what it kept for its last cell: for the same key, the last one is best,
 * and for another key, the one that has been empty for longest. */
static bool is_better(const struct pool_keeper *keeper, const struct pool_keeper *best, unsigned int key)
{
    bool had = keeper->key == key, is_newer = keeper->since_ns > best->since_ns;

    if (had != (best->key == key))
        return had;
    return keeper->state == POOL_EMPTY && had ? is_newer : keeper->since_ns < best->since_ns;
}

/* Returns the best free keeper in @state for a cell of @key, or NONE. */
static size_t find(const struct decision *decision, enum pool_state state, unsigned int key)
{
    const struct pool_view *view = decision->view;
    size_t best = NONE;

    for (size_t i = 0; i < view->n_keepers; i++) {
        const struct pool_keeper *keeper = &view->keepers[i];

        if (decision->is_used[i] || keeper->state != state || keeper->has_run || keeper->is_outdated ||
            (state != POOL_EMPTY && keeper->key != key))
            continue;
        if (best == NONE || is_better(keeper, &view->keepers[best], key))
            best = i;
    }
    return best;
}

/* A keeper would not replace a cell in which the run can start. */
static bool is_avoided(const struct pool_run *run, size_t key)
{
    for (size_t i = 0; run && run->cells == POOL_NEW && i < run->n_keys; i++)
        if (run->keys[i] == key)
            return true;
    return false;
}

/* Returns the key that has the most ready cells above its target, at least one if no run needs it; NONE: no
 * key has a ready cell that can be replaced, for @run, if it isn't NULL. */
static size_t find_surplus(const struct decision *decision, const struct pool_run *run)
{
    size_t best = NONE;
    long most = run ? -(long)POOL_MOST_KEEPERS : 0;

    for (size_t i = 0; i < decision->view->n_keys; i++) {
        long above = (long)decision->n_ready[i] - (long)decision->targets[i];

        if (decision->n_ready[i] > 0 && above > most && !is_avoided(run, i) &&
            find(decision, POOL_READY, (unsigned int)i) != NONE) {
            best = i;
            most = above;
        }
    }
    return best;
}

/* Returns the keeper with the oldest cell of the run's best key in @state, or NONE. */
static size_t find_own(const struct decision *decision, enum pool_state state, const struct pool_run *run)
{
    size_t keeper = NONE;

    for (size_t i = 0; i < run->n_keys && keeper == NONE; i++)
        keeper = find(decision, state, run->keys[i]);
    return keeper;
}

/* Returns the best keeper for @run, or NONE: a cell that is ready, an empty keeper, a ready cell of the key
 * that has too many, a cell in the making. */
static size_t choose(const struct decision *decision, const struct pool_run *run)
{
    size_t keeper = run->cells == POOL_NEW ? NONE : find_own(decision, POOL_READY, run), surplus;

    if (keeper != NONE || run->cells == POOL_WAITING)
        return keeper;
    keeper = find(decision, POOL_EMPTY, run->n_keys > 0 ? run->keys[0] : 0);
    if (keeper == NONE) {
        surplus = find_surplus(decision, run);
        if (surplus != NONE)
            keeper = find(decision, POOL_READY, (unsigned int)surplus);
    }
    if (keeper == NONE && run->cells == POOL_ANY)
        keeper = find_own(decision, POOL_MAKING, run);
    return keeper;
}

/* The head of the queue is never overtaken, also if it waits for memory, because otherwise large runs would
 * never start. Only runs that wait for one kind of cell are. */
static void start_runs(struct decision *decision)
{
    const struct pool_view *view = decision->view;
    uint64_t memory = view->memory_running;
    size_t running = view->n_running;

    for (size_t i = 0; i < view->n_queue && running < view->may_run; i++) {
        const struct pool_run *run = &view->queue[i];
        size_t keeper = choose(decision, run);

        if (keeper == NONE && run->cells != POOL_ANY)
            continue;
        if (keeper == NONE || memory > view->memory_bytes || run->memory_bytes > view->memory_bytes - memory)
            return;
        memory += run->memory_bytes;
        running++;
        act(decision, &(struct pool_action){.act = POOL_START, .keeper = keeper, .run = i});
    }
}

/* Returns true if a further cell of the key fits into the budget if @freed_bytes of it are given up. */
static bool fits(const struct decision *decision, size_t key, uint64_t freed_bytes)
{
    const struct pool_view *view = decision->view;

    return decision->ready_bytes - freed_bytes + decision->making_bytes + view->keys[key].bytes <=
           view->waiting_bytes;
}

/* Returns the key that lacks the most cells and has memory for one more if @freed_bytes are given up, or
 * NONE. Of equal ones, the first. */
static size_t find_deficit(const struct decision *decision, bool has_none, uint64_t freed_bytes)
{
    size_t best = NONE;
    unsigned int most = 0;

    for (size_t i = 0; i < decision->view->n_keys; i++) {
        unsigned int has = decision->n_ready[i] + decision->n_making[i];

        if (decision->targets[i] > has && decision->targets[i] - has > most && (!has_none || has == 0) &&
            fits(decision, i, freed_bytes)) {
            best = i;
            most = decision->targets[i] - has;
        }
    }
    return best;
}

static void wake_at(struct decision *decision, uint64_t ns)
{
    if (ns > decision->view->now_ns && ns < decision->wake_ns)
        decision->wake_ns = ns;
}

/* Returns true if a make would delay runs that just begin, and notes when it may be made. On two processors,
 * a program that only prints would wait for the make. */
static bool is_held_up(struct decision *decision)
{
    const struct pool_view *view = decision->view;
    uint64_t end_ns = (view->held_since_ns > 0 ? view->held_since_ns : view->now_ns) + HELD_NS;

    if (decision->n_makers + decision->n_beginning < view->makers || end_ns <= view->now_ns)
        return false;
    wake_at(decision, end_ns < decision->beginning_ns ? end_ns : decision->beginning_ns);
    decision->is_held = true;
    return true;
}

static void make_cells(struct decision *decision)
{
    const struct pool_view *view = decision->view;

    while (decision->n_makers < view->makers) {
        size_t key = find_deficit(decision, false, 0), keeper;

        if (key == NONE)
            return;
        keeper = find(decision, POOL_EMPTY, (unsigned int)key);
        if (keeper == NONE || is_held_up(decision))
            return;
        act(decision, &(struct pool_action){.act = POOL_MAKE, .keeper = keeper, .key = (unsigned int)key});
    }
}

/* If a key has no cell at all, a keeper gives up one that another key does not need. */
static void convert(struct decision *decision)
{
    const struct pool_view *view = decision->view;
    size_t from = find_surplus(decision, NULL), keeper, key;
    uint64_t next = view->last_conversion_ns + CONVERSION_NS;

    if (from == NONE || decision->n_makers >= view->makers)
        return;
    keeper = find(decision, POOL_READY, (unsigned int)from);
    key = find_deficit(decision, true, view->keepers[keeper].bytes);
    if (key == NONE)
        return;
    if (view->last_conversion_ns > 0 && next > view->now_ns) {
        wake_at(decision, next);
        return;
    }
    if (is_held_up(decision))
        return;
    act(decision, &(struct pool_action){
                      .act = POOL_MAKE, .keeper = keeper, .key = (unsigned int)key, .is_conversion = true});
}

/* Returns true if the ready cell of @keeper is to be dropped, or else notes when it will be. */
static bool is_to_drop(struct decision *decision, const struct pool_keeper *keeper)
{
    const struct pool_view *view = decision->view;
    const struct pool_key *key = &view->keys[keeper->key];
    bool is_surplus = decision->n_ready[keeper->key] > decision->targets[keeper->key];

    if (view->is_draining || !key->is_enabled || keeper->since_ns + view->age_ns <= view->now_ns)
        return true;
    wake_at(decision, keeper->since_ns + view->age_ns);
    if (!is_surplus || key->surplus_since_ns == 0)
        return false;
    wake_at(decision, key->surplus_since_ns + view->idle_ns);
    return key->surplus_since_ns + view->idle_ns <= view->now_ns;
}

static void drop_cells(struct decision *decision)
{
    const struct pool_view *view = decision->view;

    for (size_t i = 0; i < view->n_keepers; i++)
        if (!decision->is_used[i] && view->keepers[i].state == POOL_READY && !view->keepers[i].is_outdated &&
            is_to_drop(decision, &view->keepers[i]))
            act(decision, &(struct pool_action){.act = POOL_DROP, .keeper = i});
}

/* Drops the newest cells until the others fit into the budget: a cell can be charged more than the one that
 * it was expected to be like, and the first one of a key is not expected at all. */
static void drop_excess(struct decision *decision)
{
    const struct pool_view *view = decision->view;

    while (decision->ready_bytes > view->waiting_bytes) {
        size_t newest = NONE;

        for (size_t i = 0; i < view->n_keepers; i++)
            if (!decision->is_used[i] && view->keepers[i].state == POOL_READY && view->keepers[i].bytes > 0 &&
                !view->keepers[i].is_outdated &&
                (newest == NONE || view->keepers[i].since_ns > view->keepers[newest].since_ns))
                newest = i;
        if (newest == NONE)
            return;
        act(decision, &(struct pool_action){.act = POOL_DROP, .keeper = newest});
    }
}

/* Replaces the idle keepers that have outdated profiles. At most half of all keepers leave at the same time,
 * so that the others can run programs meanwhile. */
static void retire_keepers(struct decision *decision)
{
    const struct pool_view *view = decision->view;
    size_t most = (view->n_keepers + 1) / 2, n = 0;

    for (size_t i = 0; i < view->n_keepers; i++)
        n += view->keepers[i].state == POOL_LEAVING;
    for (size_t i = 0; i < view->n_keepers && n < most && n < POOL_MOST_LEAVING; i++) {
        const struct pool_keeper *keeper = &view->keepers[i];

        if (!keeper->is_outdated || (keeper->state != POOL_EMPTY && keeper->state != POOL_READY))
            continue;
        act(decision, &(struct pool_action){.act = POOL_RETIRE, .keeper = i});
        n++;
    }
}

static void count_cells(struct decision *decision)
{
    const struct pool_view *view = decision->view;

    for (size_t i = 0; i < view->n_keepers; i++) {
        const struct pool_keeper *keeper = &view->keepers[i];

        if (keeper->state == POOL_READY)
            decision->ready_bytes += keeper->bytes;
        if (keeper->state == POOL_READY && !keeper->is_outdated)
            decision->n_ready[keeper->key]++;
        if (keeper->state == POOL_MAKING && !keeper->has_run && !keeper->is_outdated)
            count_making(decision, keeper->key, 1);
        if (keeper->state == POOL_BUSY)
            note_beginning(decision, keeper->since_ns);
    }
}

size_t pool_decide(const struct pool_view *view, struct pool_action *ret, uint64_t *ret_wake_ns,
                   bool *ret_is_held)
{
    struct decision decision = {.view = view, .actions = ret, .wake_ns = UINT64_MAX};

    pool_targets(view, decision.targets);
    count_cells(&decision);
    start_runs(&decision);
    if (!view->is_draining) {
        make_cells(&decision);
        convert(&decision);
    }
    drop_cells(&decision);
    drop_excess(&decision);
    retire_keepers(&decision);
    for (size_t i = 0; i < view->n_keys; i++)
        wake_at(&decision, view->keys[i].paused_until_ns);
    *ret_wake_ns = decision.wake_ns;
    *ret_is_held = decision.is_held;
    return decision.n_actions;
}
