/* SPDX-License-Identifier: MIT */
/* front/pool: which keeper makes, starts or drops a cell next. */
#include <limits.h>
#include <string.h>

#include "runner/front/pool.h"
#include "runner/front/pool_targets.h"
#include "unit.h"

#define MS UINT64_C(1000000)
#define S (1000 * MS)
#define NOW (1000 * S)
#define ANY_MEMORY (UINT64_C(1) << 40)

enum { PHP, PYTHON, GO, N_KEYS };

/* A view with two running places, keys that want one cell each, and no load. */
struct scene {
    struct pool_keeper keepers[16];
    struct pool_key keys[N_KEYS];
    struct pool_run queue[16];
    struct pool_view view;
    struct pool_action actions[16];
    size_t n;
    uint64_t wake_ns;
    bool is_held;
};

static void set(struct scene *scene, size_t n_keepers)
{
    memset(scene, 0, sizeof(*scene));
    for (size_t i = 0; i < N_KEYS; i++)
        scene->keys[i] = (struct pool_key){.make_us = 6000, .floor = 1, .ceiling = 8, .is_enabled = true};
    for (size_t i = 0; i < n_keepers; i++)
        scene->keepers[i].state = POOL_EMPTY;
    scene->view = (struct pool_view){.now_ns = NOW,
                                     .keepers = scene->keepers,
                                     .n_keepers = n_keepers,
                                     .keys = scene->keys,
                                     .n_keys = N_KEYS,
                                     .queue = scene->queue,
                                     .may_run = 2,
                                     .memory_bytes = ANY_MEMORY,
                                     .waiting_bytes = ANY_MEMORY,
                                     .makers = 16,
                                     .age_ns = 600 * S,
                                     .idle_ns = 60 * S};
}

static void ready(struct scene *scene, size_t keeper, unsigned int key, uint64_t age_ns)
{
    scene->keepers[keeper] = (struct pool_keeper){.state = POOL_READY, .key = key, .since_ns = NOW - age_ns};
}

static void wait_for(struct scene *scene, unsigned int key, uint64_t memory_bytes)
{
    scene->queue[scene->view.n_queue++] =
        (struct pool_run){.keys = {key}, .n_keys = 1, .memory_bytes = memory_bytes};
}

static void decide(struct scene *scene)
{
    scene->n = pool_decide(&scene->view, scene->actions, &scene->wake_ns, &scene->is_held);
}

/* Returns the action of @keeper, or NULL. */
static const struct pool_action *of(const struct scene *scene, size_t keeper)
{
    for (size_t i = 0; i < scene->n; i++)
        if (scene->actions[i].keeper == keeper)
            return &scene->actions[i];
    return NULL;
}

/* Returns the number of actions @act. */
static size_t count(const struct scene *scene, enum pool_act act)
{
    size_t n = 0;

    for (size_t i = 0; i < scene->n; i++)
        n += scene->actions[i].act == act;
    return n;
}

/* Returns the number of cells of @key that are made. */
static size_t made(const struct scene *scene, unsigned int key)
{
    size_t n = 0;

    for (size_t i = 0; i < scene->n; i++)
        n += scene->actions[i].act == POOL_MAKE && scene->actions[i].key == key;
    return n;
}

static void test_floors_are_filled(void **state)
{
    struct scene scene;

    (void)state;
    set(&scene, 8);
    decide(&scene);
    assert_int_equal(scene.n, N_KEYS);
    for (size_t i = 0; i < N_KEYS; i++) {
        assert_int_equal(scene.actions[i].act, POOL_MAKE);
        assert_int_equal(scene.actions[i].key, i);
    }
}

/* Keys are in the order of their names. */
static void test_of_equal_keys_the_first_is_made(void **state)
{
    struct scene scene;

    (void)state;
    set(&scene, 8);
    scene.view.makers = 1;
    for (unsigned int expected = 0; expected < N_KEYS; expected++) {
        decide(&scene);
        assert_int_equal(scene.n, 1);
        assert_int_equal(scene.actions[0].key, expected);
        ready(&scene, expected, expected, S);
    }
    scene.keys[GO].floor = 3; /* the one that lacks more comes first all the same */
    scene.keys[PHP].floor = 2;
    decide(&scene);
    assert_int_equal(scene.actions[0].key, GO);
}

static void test_an_empty_keeper_makes_what_it_had_before(void **state)
{
    struct scene scene;

    (void)state;
    set(&scene, 5);
    scene.keepers[0].key = PHP;
    scene.keepers[1].key = GO;
    scene.keepers[2].key = PYTHON;
    scene.keepers[3].key = GO;
    decide(&scene);
    assert_int_equal(scene.n, N_KEYS);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(of(&scene, i)->key, scene.keepers[i].key);
    set(&scene, 3);
    scene.keepers[2].key = GO;
    wait_for(&scene, GO, 0);
    decide(&scene);
    assert_int_equal(of(&scene, 2)->act, POOL_START);
}

static void test_of_empty_keepers_the_one_that_is_empty_longest_changes_its_key(void **state)
{
    struct scene scene;

    (void)state;
    set(&scene, 6);
    for (size_t i = 0; i < 6; i++) {
        scene.keepers[i].key = GO;
        scene.keepers[i].since_ns = NOW - (i == 2 ? 9 : 3) * S;
    }
    scene.view.makers = 1;
    decide(&scene);
    assert_int_equal(of(&scene, 2)->key, PHP);
    for (size_t i = 0; i < 6; i++)
        scene.keepers[i].key = PHP;
    scene.keepers[4].since_ns = NOW - 1 * S;
    decide(&scene);
    assert_int_equal(of(&scene, 4)->key, PHP);
}

static void test_targets_follow_the_arrivals_and_fit(void **state)
{
    struct scene scene;
    unsigned int targets[N_KEYS];

    (void)state;
    set(&scene, 16);
    scene.keys[PHP].rate = 500; /* 3 arrive while one cell is made, so 3 + 2 * 1.73 */
    pool_targets(&scene.view, targets);
    assert_int_equal(targets[PHP], 7);
    scene.keys[PHP].rate = 5000;
    pool_targets(&scene.view, targets);
    assert_int_equal(targets[PHP], 8);
    scene.view.n_keepers = 6; /* room for four beside the two that run */
    pool_targets(&scene.view, targets);
    assert_int_equal(targets[PHP], 2);
    assert_int_equal(targets[PYTHON], 1);
    scene.view.n_keepers = 2;
    pool_targets(&scene.view, targets);
    assert_int_equal(targets[PHP] + targets[PYTHON] + targets[GO], 0);
    scene.view.n_keepers = 16;
    scene.keys[PHP].is_enabled = false;
    scene.keys[GO].paused_until_ns = NOW + S;
    pool_targets(&scene.view, targets);
    assert_int_equal(targets[PHP], 0);
    assert_int_equal(targets[PYTHON], 1);
    assert_int_equal(targets[GO], 0);
}

/* A key without a floor, which is that of unusual runs, keeps no cell for one that came long ago. */
static void test_what_is_rare_is_not_kept(void **state)
{
    struct scene scene;
    unsigned int targets[N_KEYS];

    (void)state;
    set(&scene, 16);
    scene.keys[PHP].floor = scene.keys[PYTHON].floor = 0;
    scene.keys[PHP].rate = 1.0 / 60; /* a moment after one came */
    scene.keys[PYTHON].rate = 1.0 / 60 / 20;
    pool_targets(&scene.view, targets);
    assert_int_equal(targets[PHP], 1);
    assert_int_equal(targets[PYTHON], 0);
    assert_int_equal(targets[GO], 1);
}

/* A run that can have cells of two keys gets one of the first, if there is one, before an older one of the
 * second. */
static void test_the_first_key_of_a_run_is_preferred(void **state)
{
    struct scene scene;

    (void)state;
    set(&scene, 4);
    ready(&scene, 0, PYTHON, 9 * S);
    ready(&scene, 1, PHP, S);
    wait_for(&scene, PHP, 0);
    scene.queue[0] = (struct pool_run){.keys = {PHP, PYTHON}, .n_keys = 2};
    decide(&scene);
    assert_int_equal(of(&scene, 1)->act, POOL_START);
    set(&scene, 4);
    ready(&scene, 0, PYTHON, 9 * S);
    scene.queue[scene.view.n_queue++] = (struct pool_run){.keys = {PHP, PYTHON}, .n_keys = 2};
    decide(&scene);
    assert_int_equal(of(&scene, 0)->act, POOL_START);
}

static void test_a_run_gets_the_best_keeper(void **state)
{
    static const struct {
        enum pool_state states[3];
        unsigned int keys[3];
        size_t expected;
    } rows[] = {
        {{POOL_EMPTY, POOL_READY, POOL_READY}, {0, PYTHON, PHP}, 2},  /* ready, of its profile */
        {{POOL_READY, POOL_EMPTY, POOL_MAKING}, {PYTHON, 0, PHP}, 1}, /* empty rather than another's cell */
        {{POOL_READY, POOL_MAKING, POOL_BUSY}, {PYTHON, PHP, 0}, 0},  /* another's cell rather than to wait */
        {{POOL_BUSY, POOL_MAKING, POOL_ABSENT}, {0, PHP, 0}, 1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct scene scene;

        set(&scene, 3);
        for (size_t keeper = 0; keeper < 3; keeper++)
            scene.keepers[keeper] = (struct pool_keeper){
                .state = rows[i].states[keeper], .key = rows[i].keys[keeper], .since_ns = NOW - S};
        wait_for(&scene, PHP, 1);
        decide(&scene);
        assert_non_null(of(&scene, rows[i].expected));
        assert_int_equal(of(&scene, rows[i].expected)->act, POOL_START);
    }
}

static void test_the_oldest_cell_and_the_best_kind_are_taken_first(void **state)
{
    struct scene scene;

    (void)state;
    set(&scene, 3);
    ready(&scene, 0, PHP, S);
    ready(&scene, 1, PHP, 3 * S);
    ready(&scene, 2, PYTHON, 9 * S);
    wait_for(&scene, PHP, 1);
    decide(&scene);
    assert_int_equal(of(&scene, 1)->act, POOL_START);
    scene.queue[0] = (struct pool_run){.keys = {PYTHON, PHP}, .n_keys = 2, .memory_bytes = 1};
    decide(&scene);
    assert_int_equal(of(&scene, 2)->act, POOL_START);
}

static void test_bounds_hold_and_the_head_is_never_overtaken(void **state)
{
    struct scene scene;

    (void)state;
    set(&scene, 8);
    wait_for(&scene, PHP, 100);
    wait_for(&scene, PHP, 1);
    scene.view.memory_bytes = 150;
    scene.view.memory_running = 60;
    scene.view.n_running = 1;
    decide(&scene);
    for (size_t i = 0; i < scene.n; i++)
        assert_int_not_equal(scene.actions[i].act, POOL_START);
    scene.view.memory_running = 50;
    decide(&scene);
    assert_int_equal(scene.actions[0].act, POOL_START);
    assert_int_equal(scene.actions[0].run, 0);
    assert_int_not_equal(scene.actions[1].act, POOL_START); /* the second place is the last */
    scene.view.memory_running = UINT64_MAX;
    decide(&scene);
    assert_int_not_equal(scene.actions[0].act, POOL_START);
}

/* Neither another cell nor a new one will do, and the runs behind it start. */
static void test_a_run_that_wants_a_waiting_cell_gets_no_other(void **state)
{
    struct scene scene;

    (void)state;
    set(&scene, 3);
    ready(&scene, 0, PYTHON, S);
    scene.keepers[1] = (struct pool_keeper){.state = POOL_MAKING, .key = PHP};
    wait_for(&scene, PHP, ANY_MEMORY);
    wait_for(&scene, PYTHON, 0);
    scene.queue[0].cells = POOL_WAITING;
    decide(&scene);
    assert_int_equal(of(&scene, 0)->act, POOL_START);
    assert_int_equal(of(&scene, 0)->run, 1);
    assert_null(of(&scene, 1));
    assert_true(!of(&scene, 2) || of(&scene, 2)->act == POOL_MAKE);
    ready(&scene, 1, PHP, 0);
    decide(&scene);
    assert_int_equal(of(&scene, 1)->act, POOL_START);
    assert_int_equal(of(&scene, 1)->run, 0);
}

/* It gets an empty keeper, or one whose cell is replaced because it can't be used for the run. */
static void test_a_run_that_wants_a_new_cell_gets_no_other(void **state)
{
    struct scene scene;

    (void)state;
    set(&scene, 4);
    scene.keepers[2].state = scene.keepers[3].state = POOL_BUSY;
    ready(&scene, 0, PHP, 9 * S);
    wait_for(&scene, PHP, 0);
    scene.queue[0].cells = POOL_NEW;
    decide(&scene);
    assert_int_equal(of(&scene, 1)->act, POOL_START);
    ready(&scene, 1, PYTHON, S);
    scene.keys[PHP].floor = 0; /* it has the most that are not needed */
    decide(&scene);
    assert_int_equal(of(&scene, 1)->act, POOL_START);
    ready(&scene, 1, PHP, S);
    wait_for(&scene, PHP, 0);
    decide(&scene);
    assert_int_equal(of(&scene, 0)->run, 1);
    assert_int_equal(count(&scene, POOL_START), 1);
    scene.keepers[1] = (struct pool_keeper){.state = POOL_MAKING, .key = PHP};
    decide(&scene);
    assert_null(of(&scene, 1));
}

/* Also if the keepers are few, and the floors take them all. */
static void test_a_cell_that_is_wanted_is_made(void **state)
{
    struct scene scene;

    (void)state;
    set(&scene, 4);
    scene.keys[PHP].floor = 2;
    scene.keys[PYTHON].floor = 0;
    scene.keys[GO].floor = 0;
    scene.keys[PYTHON].wanted = 3;
    scene.keys[PYTHON].ceiling = 1;
    decide(&scene);
    assert_int_equal(made(&scene, PYTHON), 1);
    assert_int_equal(made(&scene, PHP), 1);
    scene.keys[PYTHON].ceiling = 0;
    decide(&scene);
    assert_int_equal(made(&scene, PYTHON), 0);
}

static void test_few_make_at_the_same_time(void **state)
{
    struct scene scene;

    (void)state;
    set(&scene, 8);
    scene.view.makers = 1;
    decide(&scene);
    assert_int_equal(scene.n, 1);
    scene.keepers[0] = (struct pool_keeper){.state = POOL_MAKING, .key = PHP};
    decide(&scene);
    assert_int_equal(scene.n, 0);
    scene.keepers[0].has_run = true; /* a run waits for it, so it does not count */
    decide(&scene);
    assert_int_equal(scene.n, 1);
}

static void test_runs_that_begin_hold_up_a_make(void **state)
{
    struct scene scene;

    (void)state;
    set(&scene, 8);
    scene.view.makers = 1;
    wait_for(&scene, PHP, 1);
    decide(&scene); /* the start that is decided now counts already */
    assert_int_equal(scene.n, 1);
    assert_int_equal(scene.actions[0].act, POOL_START);
    assert_true(scene.is_held);
    assert_int_equal(scene.wake_ns, NOW + 5 * MS);
    scene.view.n_queue = 0;
    scene.view.held_since_ns = NOW;
    scene.keepers[0] = (struct pool_keeper){.state = POOL_BUSY, .since_ns = NOW};
    scene.view.now_ns = NOW + 5 * MS - 1;
    decide(&scene);
    assert_int_equal(scene.n, 0);
    scene.view.now_ns = NOW + 5 * MS;
    decide(&scene);
    assert_int_equal(scene.n, 1);
    assert_false(scene.is_held);
    scene.view.now_ns = NOW + MS; /* the run has ended; its cell is reclaimed */
    scene.keepers[0].since_ns = 0;
    decide(&scene);
    assert_int_equal(scene.n, 1);
    scene.keepers[0].since_ns = NOW;
    scene.view.makers = 2; /* there is a processor for it */
    decide(&scene);
    assert_int_equal(scene.n, 1);
}

static void test_runs_that_begin_do_not_hold_up_for_long(void **state)
{
    struct scene scene;

    (void)state;
    set(&scene, 8);
    scene.view.makers = 1;
    scene.keepers[0] = (struct pool_keeper){.state = POOL_BUSY, .since_ns = NOW - MS};
    scene.view.held_since_ns = NOW - 19 * MS;
    decide(&scene);
    assert_int_equal(scene.n, 0);
    assert_int_equal(scene.wake_ns, NOW + MS);
    scene.view.held_since_ns = NOW - 20 * MS;
    decide(&scene);
    assert_int_equal(scene.n, 1);
}

static void test_a_key_without_a_cell_gets_one_of_another(void **state)
{
    struct scene scene;

    (void)state;
    set(&scene, 5);
    for (size_t i = 0; i < 5; i++)
        ready(&scene, i, i < 4 ? PHP : PYTHON, (10 - i) * S);
    scene.view.last_conversion_ns = NOW - 50 * MS;
    decide(&scene);
    assert_int_equal(scene.n, 0);
    assert_int_equal(scene.wake_ns, NOW + 50 * MS);
    scene.view.last_conversion_ns = NOW - 100 * MS;
    decide(&scene);
    assert_int_equal(scene.n, 1);
    assert_true(scene.actions[0].is_conversion);
    assert_int_equal(scene.actions[0].keeper, 0);
    assert_int_equal(scene.actions[0].key, GO);
}

static void test_old_and_superfluous_cells_are_dropped(void **state)
{
    struct scene scene;

    (void)state;
    set(&scene, 8);
    ready(&scene, 0, PHP, 600 * S);
    ready(&scene, 1, PYTHON, 500 * S);
    ready(&scene, 2, GO, 10 * S);
    ready(&scene, 3, GO, 20 * S);
    scene.keys[GO].surplus_since_ns = NOW - 20 * S;
    decide(&scene);
    assert_int_equal(of(&scene, 0)->act, POOL_DROP);
    assert_null(of(&scene, 1));
    assert_null(of(&scene, 3));
    assert_int_equal(scene.wake_ns, NOW + 40 * S);
    scene.view.now_ns += 40 * S;
    decide(&scene);
    assert_int_equal(of(&scene, 2)->act, POOL_DROP);
    assert_null(of(&scene, 3)); /* one is enough */
}

static void test_cells_wait_if_they_fit_into_the_budget(void **state)
{
    struct scene scene;
    unsigned int targets[N_KEYS];

    (void)state;
    set(&scene, 8);
    scene.view.waiting_bytes = 100;
    scene.keys[PHP].bytes = 30;
    scene.keys[PYTHON].bytes = 50;
    scene.keys[GO].bytes = 40;
    pool_targets(&scene.view, targets); /* the one with the largest cells gives way */
    assert_int_equal(targets[PHP], 1);
    assert_int_equal(targets[PYTHON], 0);
    assert_int_equal(targets[GO], 1);
    scene.keys[GO].bytes = 101; /* never fits, and leaves the others alone */
    pool_targets(&scene.view, targets);
    assert_int_equal(targets[PHP], 1);
    assert_int_equal(targets[PYTHON], 1);
    assert_int_equal(targets[GO], 0);
    scene.keys[PHP].rate = 500; /* beyond the floor, cells are given up first */
    scene.keys[PYTHON].bytes = 0;
    pool_targets(&scene.view, targets);
    assert_int_equal(targets[PHP], 3);
    assert_int_equal(targets[PYTHON], 1);
}

static void test_a_cell_for_which_a_run_waits_is_not_given_up_for_a_floor(void **state)
{
    struct scene scene;
    unsigned int targets[N_KEYS];

    (void)state;
    set(&scene, 2);
    scene.view.may_run = 1;
    scene.keys[PYTHON].floor = scene.keys[GO].floor = 0;
    scene.keys[GO].wanted = 1;
    for (uint64_t bytes = 10; bytes <= 30; bytes += 10) {
        scene.keys[PHP].bytes = 20;
        scene.keys[GO].bytes = bytes;
        pool_targets(&scene.view, targets);
        assert_int_equal(targets[PHP], 0);
        assert_int_equal(targets[GO], 1);
    }
}

static void test_a_cell_that_does_not_fit_is_not_made(void **state)
{
    struct scene scene;

    (void)state;
    set(&scene, 8);
    scene.view.waiting_bytes = 100;
    scene.keys[PYTHON].bytes = 20;
    scene.keys[GO].bytes = 40;
    ready(&scene, 0, PHP, S);
    scene.keepers[0].bytes = 50;
    scene.keepers[1] = (struct pool_keeper){.state = POOL_MAKING, .key = PYTHON};
    decide(&scene); /* 50, 20 in the making, and 40 */
    assert_int_equal(scene.n, 0);
    scene.keepers[1].has_run = true;
    decide(&scene); /* the one in the making does not wait any more, so its key lacks one, too */
    assert_int_equal(scene.n, 1);
    assert_int_equal(scene.actions[0].key, PYTHON);
    scene.view.waiting_bytes = 110;
    decide(&scene);
    assert_int_equal(scene.n, 2);
    scene.view.waiting_bytes = 100;
    wait_for(&scene, PHP, 1);
    decide(&scene); /* the ready cell is taken, so its memory is free */
    assert_int_equal(count(&scene, POOL_START), 1);
    assert_int_equal(count(&scene, POOL_MAKE), 3);
}

static void test_cells_beyond_the_budget_are_dropped(void **state)
{
    struct scene scene;

    (void)state;
    set(&scene, 8);
    scene.view.waiting_bytes = 100;
    ready(&scene, 0, PHP, 3 * S);
    ready(&scene, 1, PYTHON, S);
    ready(&scene, 2, GO, 2 * S);
    scene.keepers[0].bytes = scene.keepers[2].bytes = scene.keys[PHP].bytes = scene.keys[GO].bytes = 30;
    scene.keepers[1].bytes = scene.keys[PYTHON].bytes = 60;
    decide(&scene);
    assert_int_equal(scene.n, 1);
    assert_int_equal(of(&scene, 1)->act, POOL_DROP); /* the newest */
    scene.keepers[1] = (struct pool_keeper){.state = POOL_EMPTY};
    decide(&scene); /* and it is not made again */
    assert_int_equal(scene.n, 0);
}

static void test_a_conversion_frees_the_memory_of_the_cell_that_it_replaces(void **state)
{
    struct scene scene;

    (void)state;
    set(&scene, 4);
    for (size_t i = 0; i < 4; i++) {
        ready(&scene, i, i < 3 ? PHP : PYTHON, S);
        scene.keepers[i].bytes = 25;
    }
    scene.keys[PHP].bytes = scene.keys[PYTHON].bytes = 25;
    scene.view.may_run = 1;
    scene.view.waiting_bytes = 100;
    scene.keys[GO].bytes = 26;
    decide(&scene);
    assert_int_equal(scene.n, 0);
    scene.keys[GO].bytes = 25;
    decide(&scene);
    assert_int_equal(scene.n, 1);
    assert_true(scene.actions[0].is_conversion);
}

static void test_keepers_with_outdated_profiles_are_retired(void **state)
{
    struct scene scene;

    (void)state;
    set(&scene, 7);
    for (size_t i = 0; i < 7; i++)
        scene.keepers[i] = (struct pool_keeper){.state = POOL_EMPTY, .key = UINT_MAX, .is_outdated = true};
    scene.keepers[0].state = POOL_READY;
    scene.keepers[1].state = POOL_MAKING;
    scene.keepers[2].state = POOL_BUSY;
    wait_for(&scene, PHP, 1);
    decide(&scene);
    /* At most half of them, rounded up. Nothing else is done with those that stay. */
    assert_int_equal(count(&scene, POOL_RETIRE), 4);
    assert_int_equal(scene.n, 4);
    assert_int_equal(of(&scene, 0)->act, POOL_RETIRE);
    assert_null(of(&scene, 1));
    assert_null(of(&scene, 2));
    assert_null(of(&scene, 6));
    for (size_t i = 3; i < 7; i++)
        scene.keepers[i].state = POOL_LEAVING;
    scene.view.is_draining = true;
    decide(&scene);
    assert_int_equal(scene.n, 0);
    scene.keepers[6] = (struct pool_keeper){.state = POOL_EMPTY};
    decide(&scene);
    assert_int_equal(of(&scene, 6)->act, POOL_START);
    assert_int_equal(of(&scene, 0)->act, POOL_RETIRE);
}

static void test_few_of_many_keepers_are_retired_at_the_same_time(void **state)
{
    struct pool_keeper keepers[POOL_MOST_LEAVING * 3];
    struct pool_action actions[POOL_MOST_LEAVING * 3];
    struct scene scene;

    (void)state;
    set(&scene, 0);
    for (size_t i = 0; i < N_ELEMENTS(keepers); i++)
        keepers[i] = (struct pool_keeper){.state = i < 2 ? POOL_LEAVING : POOL_READY, .is_outdated = true};
    scene.view.keepers = keepers;
    scene.view.n_keepers = N_ELEMENTS(keepers);
    assert_int_equal(pool_decide(&scene.view, actions, &scene.wake_ns, &scene.is_held),
                     POOL_MOST_LEAVING - 2);
}

static void test_a_drain_starts_what_was_accepted_and_makes_nothing(void **state)
{
    struct scene scene;

    (void)state;
    set(&scene, 4);
    ready(&scene, 0, PHP, S);
    ready(&scene, 1, PYTHON, S);
    wait_for(&scene, PHP, 1);
    scene.view.is_draining = true;
    decide(&scene);
    assert_int_equal(scene.n, 2);
    assert_int_equal(of(&scene, 0)->act, POOL_START);
    assert_int_equal(of(&scene, 1)->act, POOL_DROP);
}

/* A simulated machine. Times are in steps of a millisecond; a make takes 4, a run 10, a reclaim 2. */
struct machine {
    struct scene scene;
    unsigned int left[16]; /* milliseconds until the keeper's state changes */
    bool is_running[16];
    size_t n_waiting, n_conversions, n_started, n_found_ready, n_arrived;
    uint64_t random;
};

static unsigned int draw(struct machine *machine, unsigned int below)
{
    machine->random = machine->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned int)(machine->random >> 33) % below;
}

static void step_keeper(struct machine *machine, size_t i)
{
    struct pool_keeper *keeper = &machine->scene.keepers[i];

    if (draw(machine, 2000) == 0) { /* it dies; another one takes its slot */
        if (machine->is_running[i])
            machine->scene.view.n_running--;
        machine->is_running[i] = false;
        *keeper = (struct pool_keeper){.state = POOL_ABSENT};
        machine->left[i] = 3;
    }
    if (machine->left[i] == 0 || --machine->left[i] > 0)
        return;
    if (keeper->state == POOL_MAKING) {
        keeper->state = POOL_READY;
        keeper->since_ns = machine->scene.view.now_ns;
        keeper->bytes = 20 + 10 * keeper->key + draw(machine, 11); /* no two cells are charged the same */
        machine->scene.keys[keeper->key].bytes = keeper->bytes;
    } else if (machine->is_running[i]) {
        machine->is_running[i] = false;
        keeper->since_ns = 0;
        machine->scene.view.n_running--;
        machine->left[i] = 2;
    } else {
        keeper->state = POOL_EMPTY;
    }
}

/* The cells that wait keep their budget, and none was made that was expected to break it. */
static void check_budget(const struct machine *machine)
{
    const struct scene *scene = &machine->scene;
    uint64_t ready_bytes = 0, making_bytes = 0;

    for (size_t i = 0; i < scene->view.n_keepers; i++) {
        ready_bytes += scene->keepers[i].state == POOL_READY ? scene->keepers[i].bytes : 0;
        making_bytes += scene->keepers[i].state == POOL_MAKING ? scene->keys[scene->keepers[i].key].bytes : 0;
    }
    assert_true(ready_bytes <= scene->view.waiting_bytes);
    assert_true(count(scene, POOL_MAKE) == 0 || ready_bytes + making_bytes <= scene->view.waiting_bytes);
}

static void obey(struct machine *machine)
{
    struct scene *scene = &machine->scene;
    size_t n_starts = 0;

    for (size_t i = 0; i < scene->n; i++) {
        const struct pool_action *action = &scene->actions[i];
        struct pool_keeper *keeper = &scene->keepers[action->keeper];

        assert_true(keeper->state == POOL_EMPTY || keeper->state == POOL_READY ||
                    (keeper->state == POOL_MAKING && action->act == POOL_START));
        assert_true(action->act != POOL_DROP || keeper->state == POOL_READY);
        machine->n_conversions += action->is_conversion;
        machine->left[action->keeper] = action->act == POOL_MAKE ? 4 : action->act == POOL_DROP ? 2 : 10;
        if (action->act == POOL_START) {
            assert_int_equal(action->run, n_starts++);
            machine->n_found_ready +=
                keeper->state == POOL_READY && keeper->key == scene->queue[action->run].keys[0];
            machine->is_running[action->keeper] = true;
            scene->view.n_running++;
        }
        if (action->is_conversion)
            scene->view.last_conversion_ns = scene->view.now_ns;
        keeper->since_ns = action->act == POOL_START ? scene->view.now_ns : 0;
        keeper->key = action->key;
        keeper->state = action->act == POOL_MAKE ? POOL_MAKING : POOL_BUSY;
    }
    assert_true(scene->view.n_running <= scene->view.may_run);
    check_budget(machine);
    if (!scene->is_held)
        scene->view.held_since_ns = 0;
    else if (scene->view.held_since_ns == 0)
        scene->view.held_since_ns = scene->view.now_ns;
    machine->n_started += n_starts;
    machine->n_waiting -= n_starts;
    memmove(scene->queue, scene->queue + n_starts, machine->n_waiting * sizeof(*scene->queue));
}

static void test_a_simulated_hour_keeps_the_bounds(void **state)
{
    struct machine machine = {.random = 7};
    struct scene *scene = &machine.scene;
    const unsigned int hour_ms = 3600 * 1000;

    (void)state;
    set(scene, 12);
    scene->view.may_run = 4;
    scene->view.waiting_bytes = 130; /* four cells */
    scene->view.makers = 2;
    scene->keys[PHP].rate = 60;
    scene->keys[PYTHON].rate = 20;
    for (unsigned int ms = 0; ms < hour_ms + 1000; ms++) {
        scene->view.now_ns += MS;
        for (size_t i = 0; i < 12; i++)
            step_keeper(&machine, i);
        if (ms < hour_ms && machine.n_waiting < 16 && draw(&machine, 1000) < 80) {
            unsigned int key = draw(&machine, 4) == 0 ? PYTHON : PHP;

            scene->queue[machine.n_waiting++] =
                (struct pool_run){.keys = {key}, .n_keys = 1, .memory_bytes = 1};
            machine.n_arrived++;
        }
        scene->view.n_queue = machine.n_waiting;
        decide(scene);
        obey(&machine);
    }
    assert_int_equal(machine.n_waiting, 0);
    assert_int_equal(machine.n_started, machine.n_arrived);
    assert_true(machine.n_conversions <= hour_ms / 100);
    /* Most runs find a cell that was made ahead. */
    assert_true(machine.n_found_ready * 10 >= machine.n_started * 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_floors_are_filled),
        cmocka_unit_test(test_of_equal_keys_the_first_is_made),
        cmocka_unit_test(test_an_empty_keeper_makes_what_it_had_before),
        cmocka_unit_test(test_of_empty_keepers_the_one_that_is_empty_longest_changes_its_key),
        cmocka_unit_test(test_targets_follow_the_arrivals_and_fit),
        cmocka_unit_test(test_what_is_rare_is_not_kept),
        cmocka_unit_test(test_the_first_key_of_a_run_is_preferred),
        cmocka_unit_test(test_a_run_gets_the_best_keeper),
        cmocka_unit_test(test_the_oldest_cell_and_the_best_kind_are_taken_first),
        cmocka_unit_test(test_bounds_hold_and_the_head_is_never_overtaken),
        cmocka_unit_test(test_a_run_that_wants_a_waiting_cell_gets_no_other),
        cmocka_unit_test(test_a_run_that_wants_a_new_cell_gets_no_other),
        cmocka_unit_test(test_a_cell_that_is_wanted_is_made),
        cmocka_unit_test(test_few_make_at_the_same_time),
        cmocka_unit_test(test_runs_that_begin_hold_up_a_make),
        cmocka_unit_test(test_runs_that_begin_do_not_hold_up_for_long),
        cmocka_unit_test(test_a_key_without_a_cell_gets_one_of_another),
        cmocka_unit_test(test_old_and_superfluous_cells_are_dropped),
        cmocka_unit_test(test_cells_wait_if_they_fit_into_the_budget),
        cmocka_unit_test(test_a_cell_for_which_a_run_waits_is_not_given_up_for_a_floor),
        cmocka_unit_test(test_a_cell_that_does_not_fit_is_not_made),
        cmocka_unit_test(test_cells_beyond_the_budget_are_dropped),
        cmocka_unit_test(test_a_conversion_frees_the_memory_of_the_cell_that_it_replaces),
        cmocka_unit_test(test_keepers_with_outdated_profiles_are_retired),
        cmocka_unit_test(test_few_of_many_keepers_are_retired_at_the_same_time),
        cmocka_unit_test(test_a_drain_starts_what_was_accepted_and_makes_nothing),
        cmocka_unit_test(test_a_simulated_hour_keeps_the_bounds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
