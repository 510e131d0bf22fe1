/* SPDX-License-Identifier: MIT */
/* front/queue: bounded, and fair between clients. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/front/queue.h"
#include "unit.h"

enum { MOST = 2048 };

/* A queue with its runs, and names of clients "a", "b" and so on. */
struct scene {
    struct queue queue;
    struct queue_run runs[MOST];
};

static struct scene scene;

static void set(size_t most, uint64_t most_bytes)
{
    memset(&scene, 0, sizeof(scene));
    queue_init(&scene.queue, most, most_bytes);
}

static struct queue_run *prepare(size_t i, const char *client)
{
    scene.runs[i] =
        (struct queue_run){.client = client, .principal = "p", .bytes = 10, .deadline_ns = 1000 + i};
    return &scene.runs[i];
}

static void push(size_t i, const char *client)
{
    assert_int_equal(queue_push(&scene.queue, prepare(i, client)), 0);
}

static size_t index_of(const struct queue_run *run)
{
    return (size_t)(run - scene.runs);
}

static struct queue_run *head(void)
{
    struct queue_run *run = NULL;

    return queue_order(&scene.queue, &run, 1) > 0 ? run : NULL;
}

static size_t start_head(void)
{
    struct queue_run *run = head();

    queue_start(&scene.queue, run);
    return index_of(run);
}

/* Compares the whole order, given as the runs' numbers below ten, and each run's position. */
static void assert_order(const char *expected)
{
    struct queue_run *order[16];
    size_t n = queue_order(&scene.queue, order, N_ELEMENTS(order));
    char text[N_ELEMENTS(order) + 1] = "";

    for (size_t i = 0; i < n; i++) {
        text[i] = (char)('0' + index_of(order[i]));
        assert_int_equal(queue_position(&scene.queue, order[i]), i + 1);
    }
    assert_string_equal(text, expected);
    assert_int_equal(scene.queue.n, n);
}

static void test_clients_take_turns(void **state)
{
    (void)state;
    set(MOST, UINT64_MAX);
    assert_null(head());
    push(0, "a");
    push(1, "a");
    push(2, "a");
    push(3, "b");
    push(4, "c");
    push(5, "b");
    assert_order("034152");
    assert_int_equal(start_head(), 0);
    assert_order("34152");
    push(6, "d");
    assert_order("341652"); /* "d" comes after the clients of its round */
    for (const char *expected = "341652"; *expected; expected++)
        assert_int_equal(start_head(), *expected - '0');
    assert_order("");
    assert_int_equal(scene.queue.bytes, 0);
}

static void test_a_flood_delays_another_client_by_one_start(void **state)
{
    (void)state;
    for (size_t before = 0; before < 5; before++) {
        set(MOST, UINT64_MAX);
        for (size_t i = 0; i < 1000; i++)
            push(i, "flood");
        for (size_t i = 0; i < before; i++)
            assert_int_equal(start_head(), i);
        push(1000, "single");
        assert_int_equal(queue_position(&scene.queue, &scene.runs[1000]), 2);
        assert_int_equal(start_head(), before);
        assert_int_equal(start_head(), 1000);
        push(1000, "single");
        assert_int_equal(start_head(), before + 1);
        assert_int_equal(start_head(), 1000);
    }
}

static void test_a_client_is_a_text_of_its_principal(void **state)
{
    char copy[] = "a";

    (void)state;
    set(MOST, UINT64_MAX);
    push(0, "a");
    push(1, copy);
    push(2, NULL);
    push(3, NULL);
    prepare(4, NULL)->principal = "q";
    assert_int_equal(queue_push(&scene.queue, &scene.runs[4]), 0);
    push(5, "");
    prepare(6, "a")->principal = "q";
    assert_int_equal(queue_push(&scene.queue, &scene.runs[6]), 0);
    assert_order("0245613");
}

static void test_the_largest_client_gives_up_its_last_run(void **state)
{
    struct queue_run one = {.client = "new", .principal = "p"};

    (void)state;
    set(MOST, UINT64_MAX);
    assert_null(queue_surplus(&scene.queue, &one));
    push(0, "a");
    push(1, "b");
    assert_null(queue_surplus(&scene.queue, &one));
    push(2, "b");
    assert_int_equal(index_of(queue_surplus(&scene.queue, &one)), 2);
    one.client = "a"; /* it has one, and would have two as well */
    assert_null(queue_surplus(&scene.queue, &one));
    push(3, "b");
    push(4, "c");
    assert_int_equal(index_of(queue_surplus(&scene.queue, &one)), 3);
    one.client = "b";
    assert_null(queue_surplus(&scene.queue, &one));
    one.principal = "q"; /* another client of the same name */
    assert_int_equal(index_of(queue_surplus(&scene.queue, &one)), 3);
}

static void test_bounds(void **state)
{
    (void)state;
    set(3, 35);
    push(0, "a");
    push(1, "a");
    assert_int_equal(queue_push(&scene.queue, &(struct queue_run){.client = "a", .bytes = 16}),
                     QUEUE_E_BYTES);
    assert_int_equal(queue_push(&scene.queue, &(struct queue_run){.client = "a", .bytes = UINT64_MAX}),
                     QUEUE_E_BYTES);
    push(2, "b");
    assert_int_equal(queue_push(&scene.queue, prepare(3, "c")), QUEUE_E_LENGTH);
    assert_int_equal(scene.queue.bytes, 30);
    assert_int_equal(queue_grow(&scene.queue, &scene.runs[0], 6), QUEUE_E_BYTES);
    assert_int_equal(queue_grow(&scene.queue, &scene.runs[0], 5), 0);
    assert_int_equal(scene.queue.bytes, 35);
    assert_order("021");
    queue_remove(&scene.queue, &scene.runs[0]);
    assert_int_equal(scene.queue.bytes, 20);
    push(3, "c");
    scene.queue.most_bytes = 20; /* a reload can lower a bound below what waits */
    scene.queue.most = 2;
    assert_int_equal(queue_grow(&scene.queue, &scene.runs[1], 0), QUEUE_E_BYTES);
    assert_int_equal(queue_push(&scene.queue, prepare(4, "c")), QUEUE_E_LENGTH);
    assert_order("123");
}

static void test_a_run_that_comes_back_is_the_next(void **state)
{
    (void)state;
    set(4, 40);
    push(0, "a");
    push(1, "a");
    push(2, "b");
    push(3, "c");
    assert_int_equal(start_head(), 0);
    assert_order("231");
    push(4, "d"); /* takes the room */
    queue_return(&scene.queue, &scene.runs[0]);
    assert_order("02341");
    assert_int_equal(scene.queue.bytes, 50);
    assert_int_equal(queue_push(&scene.queue, prepare(5, "e")), QUEUE_E_LENGTH);
    assert_ptr_equal(queue_overdue(&scene.queue, 2000), &scene.runs[0]);
    assert_int_equal(start_head(), 0);
    assert_order("2341");
    assert_int_equal(start_head(), 2);
    queue_return(&scene.queue, &scene.runs[2]); /* its client had left the ring */
    assert_order("2341");
}

static void test_runs_leave_from_anywhere(void **state)
{
    (void)state;
    set(MOST, UINT64_MAX);
    for (size_t i = 0; i < 3; i++)
        push(i, "a");
    for (size_t i = 3; i < 6; i++)
        push(i, "b");
    assert_order("031425");
    queue_remove(&scene.queue, &scene.runs[0]); /* the client keeps its place */
    assert_order("13245");
    queue_remove(&scene.queue, &scene.runs[4]);
    assert_order("1325");
    queue_remove(&scene.queue, &scene.runs[5]);
    assert_order("132");
    queue_remove(&scene.queue, &scene.runs[3]);
    push(6, "b");
    assert_order("162");
    queue_start(&scene.queue, &scene.runs[2]); /* not the first one of its client */
    assert_order("61");
}

static void test_deadlines(void **state)
{
    (void)state;
    set(MOST, UINT64_MAX);
    assert_int_equal(queue_deadline_ns(&scene.queue), UINT64_MAX);
    assert_null(queue_overdue(&scene.queue, UINT64_MAX));
    push(0, "a");
    prepare(1, "b")->deadline_ns = UINT64_MAX;
    assert_int_equal(queue_push(&scene.queue, &scene.runs[1]), 0);
    push(2, "c");
    prepare(3, "a")->deadline_ns = 500;
    assert_int_equal(queue_push(&scene.queue, &scene.runs[3]), 0);
    assert_int_equal(queue_deadline_ns(&scene.queue), 500);
    assert_null(queue_overdue(&scene.queue, 499));
    for (size_t i = 0; i < 3; i++) {
        static const size_t expected[] = {3, 0, 2};
        struct queue_run *run = queue_overdue(&scene.queue, 1002);

        assert_non_null(run);
        assert_int_equal(index_of(run), expected[i]);
        queue_remove(&scene.queue, run);
    }
    assert_null(queue_overdue(&scene.queue, 1002));
    assert_int_equal(queue_deadline_ns(&scene.queue), UINT64_MAX);
    assert_order("1");
}

/* Clients whose hashes share a bucket are told apart, because there are more clients than buckets. */
static void test_many_clients(void **state)
{
    static char names[MOST][8];

    (void)state;
    set(MOST, UINT64_MAX);
    for (size_t i = 0; i < MOST; i++)
        snprintf(names[i], sizeof(names[i]), "%zu", i / 2);
    for (size_t i = 0; i < MOST; i++)
        push(i, names[i]);
    for (size_t i = 0; i < MOST; i++)
        assert_int_equal(start_head(), i < MOST / 2 ? 2 * i : 2 * (i - MOST / 2) + 1);
    assert_null(head());
}

enum { N_CLIENTS = 7, N_MODEL = 40 };

/* The same rules, as simply as they can be written: a list of clients, and a list of runs for each. */
struct model {
    size_t ring[N_CLIENTS], n_ring;
    size_t runs[N_CLIENTS][N_MODEL], n_runs[N_CLIENTS];
};

static void insert(size_t *list, size_t *n, size_t at, size_t value)
{
    memmove(list + at + 1, list + at, (*n - at) * sizeof(*list));
    list[at] = value;
    ++*n;
}

static void take_out(size_t *list, size_t *n, size_t value)
{
    size_t kept = 0;

    for (size_t i = 0; i < *n; i++)
        if (list[i] != value)
            list[kept++] = list[i];
    *n = kept;
}

static void model_remove(struct model *model, size_t run, size_t client, bool is_start)
{
    take_out(model->runs[client], &model->n_runs[client], run);
    if (is_start || model->n_runs[client] == 0)
        take_out(model->ring, &model->n_ring, client);
    if (is_start && model->n_runs[client] > 0)
        insert(model->ring, &model->n_ring, model->n_ring, client);
}

static void model_add(struct model *model, size_t run, size_t client, bool is_return)
{
    if (is_return || model->n_runs[client] == 0) {
        take_out(model->ring, &model->n_ring, client);
        insert(model->ring, &model->n_ring, is_return ? 0 : model->n_ring, client);
    }
    insert(model->runs[client], &model->n_runs[client], is_return ? 0 : model->n_runs[client], run);
}

static void assert_like(const struct model *model)
{
    struct queue_run *order[N_MODEL];
    size_t n = 0, most = queue_order(&scene.queue, order, N_MODEL);
    uint64_t earliest = UINT64_MAX;

    for (size_t round = 0; round < N_MODEL; round++)
        for (size_t i = 0; i < model->n_ring; i++)
            if (model->n_runs[model->ring[i]] > round) {
                assert_true(n < most);
                assert_int_equal(index_of(order[n]), model->runs[model->ring[i]][round]);
                assert_int_equal(queue_position(&scene.queue, order[n]), n + 1);
                if (order[n++]->deadline_ns < earliest)
                    earliest = order[n - 1]->deadline_ns;
            }
    assert_int_equal(n, most);
    assert_int_equal(n, scene.queue.n);
    assert_int_equal(10 * n, scene.queue.bytes);
    assert_int_equal(earliest, queue_deadline_ns(&scene.queue));
}

static void test_any_operations_agree_with_a_simple_model(void **state)
{
    static const char *const names[N_CLIENTS] = {"a", "b", "c", "d", "e", "f", NULL};
    struct model model = {0};
    bool is_waiting[N_MODEL] = {false};

    (void)state;
    srand(1);
    set(N_MODEL, UINT64_MAX);
    for (size_t step = 0; step < 20000; step++) {
        size_t i = (size_t)rand() % N_MODEL, client = i * i % N_CLIENTS;
        bool is_special = rand() % 3 == 0;

        if (is_waiting[i]) {
            (is_special ? queue_start : queue_remove)(&scene.queue, &scene.runs[i]);
            model_remove(&model, i, client, is_special);
        } else {
            prepare(i, names[client])->deadline_ns = (uint64_t)rand() % 100;
            if (is_special)
                queue_return(&scene.queue, &scene.runs[i]);
            else
                assert_int_equal(queue_push(&scene.queue, &scene.runs[i]), 0);
            model_add(&model, i, client, is_special);
        }
        is_waiting[i] = !is_waiting[i];
        assert_like(&model);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clients_take_turns),
        cmocka_unit_test(test_a_flood_delays_another_client_by_one_start),
        cmocka_unit_test(test_a_client_is_a_text_of_its_principal),
        cmocka_unit_test(test_the_largest_client_gives_up_its_last_run),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_a_run_that_comes_back_is_the_next),
        cmocka_unit_test(test_runs_leave_from_anywhere),
        cmocka_unit_test(test_deadlines),
        cmocka_unit_test(test_many_clients),
        cmocka_unit_test(test_any_operations_agree_with_a_simple_model),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
